using System.Security.Cryptography;

namespace MLOpsGovernance.Server.Tests.Waivers;

/// <summary>docs/waivers.md and docs/compliance.md, taken at their word.</summary>
public sealed class TheDocumentedCommands(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Waive_a_rule_and_take_it_back()
    {
        using var folder = new TemporaryFolder();
        var artifact = Directory.CreateDirectory(Path.Combine(folder.Path, "docs", "examples", "iris", "out")).FullName;
        byte[] bytes = [1, 2, 3];
        await File.WriteAllBytesAsync(Path.Combine(artifact, "model.zip"), bytes, TestContext.Current.CancellationToken);
        var world = await new World(shared.Server, "iris-classifier").FoundedAsync();
        await World.Must(200, world.Ann.PutJsonAsync($"{world.Path(1)}/artifact", new { artifactDigest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}" }));

        var output = await DocumentedCommands.RunAsync("docs/waivers.md", shared.Server, folder.Path);

        string[] said =
        [
            "The gate does not heed it: it is requested.", "approver-requested", "is approved.", "allowed  deploy iris-classifier", "waived  release/REL-002: needs 1 independent approval",
            "approved  release/REL-002  iris-classifier version 1 in production", "is revoked.", "denied  deploy iris-classifier",
        ];
        var at = -1;
        foreach (var words in said)
        {
            var next = output.IndexOf(words, at + 1, StringComparison.Ordinal);
            next.ShouldBeGreaterThan(at, $"'{words}' does not follow in:\n{output}");
            at = next;
        }
    }

    [Fact]
    public async Task Judge_what_runs_again()
    {
        var world = await new World(shared.Server, "runs", "runs-data").FoundedAsync();
        var approval = await world.ApprovedAsync();
        await World.Must(201, world.DeployAsync(await world.AllowedAsync()));
        await World.Must(200, world.Eve.PostJsonAsync($"{world.Path(1)}/approvals/{approval}/revocation", new { reason = "looked again" }));
        using var folder = new TemporaryFolder();

        var output = await DocumentedCommands.RunAsync("docs/compliance.md", shared.Server, folder.Path);

        output.ShouldContain("1 running, 1 not to be let in now");
        output.Split("fails  runs version 1 in production").Length.ShouldBe(3, "once by the run, once by what is shown of it");
        output.ShouldContain("missing: one more approval by model-validator");
    }
}
