using System.CommandLine;

namespace MLOpsGovernance.Cli.Manifests;

internal static class ApplyCommand
{
    public static Command Create(Globals globals)
    {
        var file = new Option<string>("--file", "-f") { Description = "The manifest, YAML; paths in it begin at its folder", HelpName = "FILE", Required = true };
        var plan = new Option<bool>("--plan") { Description = "Only print what would be done" };
        var command = new Command("apply", "Put teams, datasets, models and versions on record as a manifest names them. What is on record already stays as it is.") { file, plan };
        return command.Runs(globals, async (run, cancellationToken) =>
        {
            var path = run.Required(file);
            var manifest = ManifestReader.Read(path);
            var files = await ManifestFiles.ReadAsync(path, manifest, cancellationToken);
            var application = new Application(run, await Planner.PlanAsync(run, manifest, files, cancellationToken));
            return await application.CarryOutAsync(onlyPlan: run.Given(plan), cancellationToken);
        });
    }
}
