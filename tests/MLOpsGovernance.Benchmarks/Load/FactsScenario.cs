using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Benchmarks.Load;

/// <summary>
/// Binding the facts of a check: those of the latest version of a model with 10 and with 10,000 versions before it, each of them approved, deployed, with a finding that was
/// closed. Both in turns, so that what disturbs one disturbs the other.
/// </summary>
internal static class FactsScenario
{
    private const string Place = "production";
    private const int Rounds = 400, Turns = 50;
    private static readonly DateTimeOffset Born = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Task RunAsync()
    {
        var clock = Stopwatch.StartNew();
        var few = Sources(10);
        var folded = clock.Elapsed;
        var many = Sources(10_000);
        LoadScenarios.Row("folding 10,000 versions (70,000 events)", $"{(clock.Elapsed - folded).TotalSeconds:F1} s");

        List<double> shorter = [], longer = [];
        for (var round = 0; round < Rounds; round++)
        {
            shorter.Add(Microseconds(few));
            longer.Add(Microseconds(many));
        }

        var (a, b) = (Median(shorter), Median(longer));
        LoadScenarios.Row("facts of a check, 10 / 10,000 past versions (≤ 10 % more)", $"{a:F1} µs / {b:F1} µs, {(b / a) - 1:P1} more");
        return Task.CompletedTask;
    }

    private static double Microseconds(FactSources sources)
    {
        var started = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < Turns; turn++) Gate.Freeze(sources.Facts());
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / Turns;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static FactSources Sources(int past)
    {
        var model = Model.Evolve(Model.Evolve(new(), new ModelRegistered("credit", "lending", null, [], "ann", Born)), new ModelRiskConfirmed(new("minimal", 3), "rita", Born));
        for (var number = 1; number <= past + 1; number++) model = Lived(model, number);
        var environment = DeploymentEnvironment.Evolve(new(), new EnvironmentRegistered(Place, null, "other", "system:birth", Born));
        return new("deploy", Digest(past + 1), past + 1, Place, model, environment, ImmutableDictionary<string, Snapshot<Dataset>>.Empty, RevalidationTerms.Default, RecertificationTerms.Default);
    }

    private static Model Lived(Model model, int number)
    {
        var (at, id) = (Born.AddHours(number), number.ToString(CultureInfo.InvariantCulture));
        foreach (var e in new object[]
        {
            new ModelVersionRegistered(number, Digest(number), null, "ml.net", null, "0123abc", null, [], [], ["ann", "bob"], ["ann", "bob"], "ann", at),
            new ReviewRequested(number, null, ["ann"], "ann", at),
        }) model = Model.Evolve(model, e);

        var material = Material.Of(model, model.Versions[number], []);
        return new object[]
        {
            new VersionApproved(number, $"a{id}", "model-validator", null, material, 0, at.AddYears(1), "vera", null, at),
            new VersionApproved(number, $"b{id}", "ai-risk-officer", null, material, 0, at.AddYears(1), "rita", null, at),
            new ModelDeployed($"d{id}", number, Place, $"c{id}", Digest(number), null, "deploy", number == 1 ? null : $"d{number - 1}", "pipeline", at),
            new FindingOpened($"f{id}", null, "medium", number, "reported", "vera", at),
            new FindingClosed($"f{id}", null, "rita", at),
        }.Aggregate(model, Model.Evolve);
    }

    private static string Digest(int number) => $"sha256:{number:x64}";
}
