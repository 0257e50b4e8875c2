namespace MLOpsGovernance.Server.Tests.Maturity;

/// <summary>docs/monitoring.md, docs/maturity-method.md and docs/buy-or-build-method.md, taken at their word.</summary>
public sealed class TheDocumentedCommands(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Watch_a_version_assess_its_team_and_weigh_a_platform()
    {
        using var folder = new TemporaryFolder();
        var examples = Directory.CreateDirectory(Path.Combine(folder.Path, "docs", "examples", "advising")).FullName;
        foreach (var file in Directory.EnumerateFiles(Approved.InRepository("docs/examples/advising"))) File.Copy(file, Path.Combine(examples, Path.GetFileName(file)));
        await new World(shared.Server, "iris-classifier").FoundedAsync();

        var watched = await DocumentedCommands.RunAsync("docs/monitoring.md", shared.Server, folder.Path);
        watched.ShouldContain("no-drift");
        watched.ShouldContain("garden: drift, stability index");
        watched.ShouldContain("new: roof");
        watched.ShouldContain("accuracy 0.84 out of its limits");
        watched.ShouldContain("was opened");

        var assessed = await DocumentedCommands.RunAsync("docs/maturity-method.md", shared.Server, folder.Path);
        assessed.ShouldContain("flowers: assessment");
        assessed.ShouldContain("completed");
        assessed.Split("next").Length.ShouldBeGreaterThan(3);

        var advised = await DocumentedCommands.RunAsync("docs/buy-or-build-method.md", shared.Server, folder.Path);
        advised.ShouldContain("residency rules out 11529 of 15625 combinations");
        advised.ShouldContain("rests on price");
        advised.ShouldContain("(payroll, 2026-10-01)");
    }
}
