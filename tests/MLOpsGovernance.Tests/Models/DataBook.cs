using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using Shouldly;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Models;

/// <summary>A training dataset of the random histories: its stream, and what an onlooker writes down about it.</summary>
internal sealed class DataBook
{
    /// <summary>Strictest last, so that the stricter of two is the later one.</summary>
    private static readonly DataClass[] Classes = [new("public", false, null, [], null), new("internal", false, null, [], null), new("restricted", true, "consent", [], null)];

    private readonly List<object> _history = [];
    private int? _confirmed, _proposed;
    private HashSet<string> _withdrawers = [];

    public DataBook(string name)
    {
        Fold([new DatasetRegistered(name, "lending", null, "ada", Noon), new DatasetVersionRegistered("1", Digest(1), null, null, [], "ada", Noon)]);
    }

    public Dataset State { get; private set; } = new();

    public MaterialDataset Material => MaterialDataset.Of(new(State.Name!, "1"), State);

    private int? Judged => _confirmed is { } confirmed ? Math.Max(confirmed, _proposed ?? 0) : null;

    /// <returns>Whether what a model rests on changed.</returns>
    public bool Classify(int rank, Actor actor, DateTimeOffset at)
    {
        var before = Judged;
        rank %= Classes.Length;
        if (Do(new ClassifyDataset(Classes[rank], CallerInTeam: InTeam(actor)), actor, at) is not [var e]) return false;
        if (e is DatasetClassified)
        {
            actor.Human.ShouldBeTrue();
            actor.HoldsAny(Roles.Confirmers).ShouldBeTrue();
            InTeam(actor).ShouldBeFalse();
            (_confirmed, _proposed) = (rank, null);
        }
        else
        {
            _proposed = rank;
        }

        State.Judged.IsSameAs(Judged is { } judged ? Classes[judged] : DataClass.Highest).ShouldBeTrue();
        return Judged != before;
    }

    public bool Withdraw(Actor actor, DateTimeOffset at)
    {
        if (Do(new WithdrawDataset(null), actor, at) is null) return false;
        _withdrawers = [.. actor.Parties];
        return true;
    }

    public void Restore(Actor actor, DateTimeOffset at)
    {
        if (Do(new RestoreDataset(null), actor, at) is null) return;
        actor.Human.ShouldBeTrue();
        _withdrawers.Overlaps(actor.Parties).ShouldBeFalse();
    }

    public void ShouldFoldAgain() => Given.Said(_history.Aggregate(new Dataset(), Dataset.Evolve)).ShouldBe(Given.Said(State));

    private static bool InTeam(Actor actor) => actor.Parties.Any(p => p == "ada");

    private IReadOnlyList<object>? Do(DatasetCommand command, Actor actor, DateTimeOffset at)
    {
        var decision = DatasetDecider.Decide(State, command, actor, at);
        if (decision.Refusal is not null) decision.Events.ShouldBeEmpty();
        Fold(decision.Events);
        return decision.Refusal is null ? decision.Events : null;
    }

    private void Fold(IReadOnlyList<object> events)
    {
        _history.AddRange(events);
        State = events.Aggregate(State, Dataset.Evolve);
    }
}
