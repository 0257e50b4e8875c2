using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Validations;
using Shouldly;

namespace MLOpsGovernance.Tests.Models;

internal sealed partial class ModelWorld
{
    private void Validate(Move move, Actor actor, int version)
    {
        var conclusion = Validation.Conclusions[move.How % 3];
        var owner = Actors[move.Id % Actors.Length].Subject;
        ConditionDemand[] demands = conclusion == Validation.FitWithConditions ? [new($"q{++_serial}", null, owner, _now.AddHours(1 + move.How))] : [];
        if (Do(new ValidateVersion(version, Id(move, "v"), null, conclusion, null, [], null, demands, People, Data(version)), actor) is null) return;
        Independent(actor, _book.Versions[version]);
        actor.Holds(Roles.ModelValidator).ShouldBeTrue();
        if (demands is [_]) IsPerson(owner).ShouldBeTrue("the owner of a condition is a person");
    }

    private void ReportCondition(Move move, Actor actor)
    {
        if (AnyCondition(move) is not { } at || Do(new ReportCondition(at.Version, at.Condition.Id, [], null), actor) is null) return;
        actor.Parties.ShouldContain(at.Condition.Owner, "only its owner says that it is fulfilled");
    }

    private void ConfirmCondition(Move move, Actor actor)
    {
        if (AnyCondition(move) is not { } at || Do(new ConfirmCondition(at.Version, at.Condition.Id, null), actor) is null) return;
        actor.Human.ShouldBeTrue();
        at.Condition.Fulfilment.ShouldNotBeNull("nobody confirms what was not reported");
        actor.Parties.ShouldNotContain(at.Condition.Owner, "its owner's word is not enough");
        _book.Versions[at.Version].Hands.Overlaps(actor.Parties).ShouldBeFalse();
    }

    private void ChangeFinding(Move move, Actor actor)
    {
        if (_model.Findings is []) return;
        var owner = Actors[move.How % Actors.Length].Subject;
        var finding = _model.Findings[move.Which % _model.Findings.Count];
        if (Do(new ChangeFinding(finding.Id, owner, IsPerson(owner), null, null), actor) is null) return;
        IsPerson(owner).ShouldBeTrue();
        finding.IsOpen.ShouldBeTrue();
    }

    private void ReopenFinding(Move move, Actor actor)
    {
        if (_model.Findings.FindAll(f => !f.IsOpen) is not [_, ..] closed) return;
        var finding = closed[move.Which % closed.Count];
        if (Do(new ReopenFinding(finding.Id, null, null), actor) is null) return;
        _model.Findings.Find(f => f.Id == finding.Id)!.IsOpen.ShouldBeTrue();
        _model.OpenFindingsOf(finding.Version ?? 1).ShouldContain(f => f.Id == finding.Id);
    }

    private (int Version, Condition Condition)? AnyCondition(Move move)
    {
        var all = _model.Versions.Values.SelectMany(v => v.Conditions.Select(c => (v.Number, Condition: c))).ToList();
        return all is [] ? null : all[move.How % all.Count];
    }
}
