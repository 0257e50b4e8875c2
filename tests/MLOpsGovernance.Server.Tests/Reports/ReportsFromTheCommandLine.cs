namespace MLOpsGovernance.Server.Tests.Reports;

/// <summary>A server whose log has its own files to be verified with.</summary>
public sealed class ReportsFromTheCommandLine(Database database) : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(ReportsFromTheCommandLine)));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Are_had_and_verified_as_documented()
    {
        await new World(_server, "iris", "flowers-data").FoundedAsync();
        using var folder = new TemporaryFolder();

        var output = await DocumentedCommands.RunAsync("docs/reports.md", _server, folder.Path);

        output.ShouldContain("verified  model-compliance of iris");
        File.ReadAllBytes(Path.Combine(folder.Path, "iris.pdf"))[..5].ShouldBe("%PDF-"u8.ToArray());
    }

    [Fact]
    public async Task Are_not_believed_once_a_byte_was_changed()
    {
        await new World(_server, "iris", "flowers-data").FoundedAsync();
        using var folder = new TemporaryFolder();
        await DocumentedCommands.RunAsync("docs/reports.md", _server, folder.Path);
        var file = Path.Combine(folder.Path, "iris.pdf");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        var (code, output) = await Audit.ExportingEvents.MlgovAsync("verify", "report", file, "--folder", Path.Combine(folder.Path, "auditor", "log"), "--key", Path.Combine(folder.Path, "auditor", "log.keys"));

        code.ShouldBe(1);
        output.ShouldContain("was issued");
    }
}
