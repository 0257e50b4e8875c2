using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Models;

/// <summary>The histories that most tests of models begin with.</summary>
internal static class CreditModel
{
    /// <summary>The training data as it stands while nothing happens to it.</summary>
    public static readonly MaterialDataset Loans = new("loans", "2026-10", 1, 0);

    public static readonly RiskClass Minimal = new("minimal", 3), Limited = new("limited", 2);

    public static Given<Model> Nothing() => Given.Events<Model>(Model.Evolve);

    public static Given<Model> Registered() =>
        Given.Events<Model>(Model.Evolve, new ModelRegistered("credit", "lending", Text("scores loans"), ["credit-scoring"], "ada", Noon));

    /// <summary>Confirmed as minimal, tier 3: the least that is asked of it.</summary>
    public static Given<Model> Classified() => Registered().And(new ModelRiskConfirmed(Minimal, "risk", Noon));

    /// <summary>Version 1, by Ada and Bob; version 2, by Ada.</summary>
    public static Given<Model> Versioned() => Classified().And(Version(1, "ada", "bob"), Version(2, "ada"));

    /// <summary>Version 1 is under review; Bob asked for it.</summary>
    public static Given<Model> InReview() => Versioned().And(new ReviewRequested(1, null, ["bob"], "bob", Noon));

    /// <summary>Eve, a model validator, approved version 1.</summary>
    public static Given<Model> Approved() => InReview().Done(By(Eve, Approve("a1")));

    public static ModelVersionRegistered Version(int number, params string[] authors) => new(
        number, Digest(number), Digest(number + 100), "scikit-learn", null, "c0ffee", "run-1", [new("loans", "2026-10")], [new("auc", 0.81)], authors, authors, authors[0], Noon);

    public static ApproveVersion Approve(string id, string role = Roles.ModelValidator, int version = 1, DateTimeOffset? until = null) =>
        new(version, id, true, role, Text("fine"), until, [Loans]);

    public static ApproveVersion Reject(string id = "r1", string role = Roles.ModelValidator, int version = 1) =>
        new(version, id, false, role, Text("leaks the label"), null, [Loans]);

    /// <summary>A command by somebody, at noon unless said otherwise.</summary>
    public static Func<Model, Decision> By(Actor actor, ModelCommand command, DateTimeOffset? at = null) =>
        model => ModelDecider.Decide(model, command, actor, at ?? Noon);

    /// <summary>How an approval stands, with the training data as given, or as it was.</summary>
    public static ApprovalStanding Standing(this Model model, string approval = "a1", DateTimeOffset? at = null, params MaterialDataset[] datasets)
    {
        var version = model.Versions.Values.Single(v => v.Approvals.Exists(a => a.Id == approval));
        return ApprovalStanding.Of(version.Approvals.Find(a => a.Id == approval)!, version, Material.Of(model, version, datasets is [] ? [Loans] : datasets), at ?? Noon);
    }
}
