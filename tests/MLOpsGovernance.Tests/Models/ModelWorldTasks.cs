using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Tests.Tasks;
using Shouldly;

namespace MLOpsGovernance.Tests.Models;

internal sealed partial class ModelWorld
{
    private const int EventsOnAPage = 7;

    private readonly TaskBook? _tasks = watch is null ? null : new();
    private int _onPage;

    private void Recertify(Move move, Actor actor)
    {
        var inTeam = move.Which % 2 == 0;
        if (Do(new RecertifyModel(move.How % 3 != 0, null, inTeam), actor) is null) return;
        (actor.Human && inTeam).ShouldBeTrue();
        _model.Recertified!.StillInUse.ShouldBe(move.How % 3 != 0);
    }

    /// <summary>What the register of tasks shows is what the whole state says, wherever its pages end.</summary>
    private void Register(IReadOnlyList<object> events)
    {
        if (_tasks is null) return;
        _tasks.Add("model:credit", events);
        if ((_onPage += events.Count) < EventsOnAPage) return;
        _onPage = 0;
        _tasks.Turn();
    }

    private void TasksHold()
    {
        if (_tasks is null) return;
        var expected = new TasksOfAModel(_model, _history, _now).All().ToDictionary(t => t.Id, StringComparer.Ordinal);
        var rows = _tasks.Rows().Where(t => t.Until is not { } until || _now < until).ToDictionary(t => t.Id, StringComparer.Ordinal);
        rows.Values.Select(t => t.Kind).Order(StringComparer.Ordinal).ShouldBe(expected.Values.Select(t => t.Kind).Order(StringComparer.Ordinal));
        foreach (var (id, task) in expected) rows[id].IsSameAs(task).ShouldBeTrue($"\n{Given.Said(rows[id])}\n{Given.Said(task)}");
        watch!(expected.Values);
    }
}
