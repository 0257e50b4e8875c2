using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Datasets;

/// <summary>The histories that most tests of datasets begin with.</summary>
internal static class LoansDataset
{
    public static readonly DataClass Public = new("public", false, null, [], null), Personal = new("confidential", true, "contract", [new("credit-scoring", "contract")], 365);

    public static Given<Dataset> Nothing() => Given.Events<Dataset>(Dataset.Evolve);

    public static Given<Dataset> Registered() => Given.Events<Dataset>(Dataset.Evolve,
        new DatasetRegistered("loans", "lending", Text("all loans"), "ada", Noon),
        new DatasetVersionRegistered("2026-10", Digest(1), [new("amount", "decimal")], 1000, [], "ada", Noon));

    public static Given<Dataset> Confirmed(DataClass? @class = null) => Registered().And(new DatasetClassified(@class ?? Public, "risk", Noon));

    public static Func<Dataset, Decision> By(Actor actor, DatasetCommand command, DateTimeOffset? at = null) => dataset => DatasetDecider.Decide(dataset, command, actor, at ?? Noon);
}
