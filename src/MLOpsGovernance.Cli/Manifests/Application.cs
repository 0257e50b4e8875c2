using System.Text.Json.Nodes;
using MLOpsGovernance.Cli.Connection;

namespace MLOpsGovernance.Cli.Manifests;

/// <summary>Shows a plan, then carries it out, step by step in its order. It stops at the first step that fails; applying again goes on from there.</summary>
internal sealed class Application(Run run, IReadOnlyList<PlanStep> plan)
{
    private readonly List<PlannedVersion> _versions = [];

    public async Task<int> CarryOutAsync(bool onlyPlan, CancellationToken cancellationToken)
    {
        if (!run.IsJson) foreach (var step in plan) Show(step);
        if (plan.Any(step => step.Change is Change.Impossible))
        {
            if (run.IsJson) Report(applied: false);
            throw new CommandFailedException(ExitCode.Refused, "The manifest contradicts the record, which cannot be changed there. Nothing was written.");
        }

        if (!onlyPlan) await WriteAsync(cancellationToken);
        else _versions.AddRange(plan.Select(step => step.Version).OfType<PlannedVersion>());

        if (run.IsJson) Report(applied: !onlyPlan);
        else Conclude(onlyPlan);
        return ExitCode.Ok;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var step in plan)
        {
            if (step.Write is { } write)
            {
                try
                {
                    var answer = await run.SendAsync(write.Method, write.Path, write.Body, write.Proof, cancellationToken);
                    if (step.Version is { } version) _versions.Add(version with { Number = version.Number ?? answer.Json!.Value.WholeOf("version") });
                    done++;
                }
                catch (CommandFailedException e)
                {
                    throw new CommandFailedException(e.ExitCode, $"{step.What}: {e.Message}\n{done} of {plan.Count(s => s.Write is not null)} steps were carried out. Applying again goes on from there.", e);
                }
            }
            else if (step.Version is { } known)
            {
                _versions.Add(known);
            }
        }
    }

    private void Show(PlanStep step)
    {
        switch (step.Change)
        {
            case Change.Create:
                run.Screen.Say($"[green]{step.Mark}[/] {step.What}");
                break;
            case Change.Update:
                run.Screen.Say($"[yellow]{step.Mark}[/] {step.What}");
                break;
            case Change.Impossible:
                run.Screen.Say($"[red]{step.Mark}[/] {step.What}");
                break;
            default:
                run.Screen.Say($"[dim]{step.Mark}[/] {step.What}");
                break;
        }
    }

    private void Conclude(bool onlyPlan)
    {
        var (created, changed, unchanged) = (Count(Change.Create), Count(Change.Update), Count(Change.None));
        if (created + changed == 0) run.Screen.Note($"Everything is on record already.");
        else if (onlyPlan) run.Screen.Note($"{created} to create, {changed} to change, {unchanged} unchanged. Nothing was written.");
        else run.Screen.Note($"{created} created, {changed} changed, {unchanged} unchanged.");
        foreach (var version in _versions.Where(version => version.Number is not null)) run.Screen.Note($"{version.Model} version {version.Number} is {version.ArtifactDigest}");
    }

    private void Report(bool applied) => run.Screen.Raw(new JsonObject
    {
        ["applied"] = applied,
        ["steps"] = new JsonArray([.. plan.Select(step => new JsonObject { ["change"] = step.Word, ["what"] = step.What })]),
        ["versions"] = new JsonArray([.. _versions.Select(version => new JsonObject { ["model"] = version.Model, ["version"] = version.Number, ["artifactDigest"] = version.ArtifactDigest })]),
    }.ToJsonString());

    private int Count(Change change) => plan.Count(step => step.Change == change);
}
