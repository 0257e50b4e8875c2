using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Waivers;
using Shouldly;

namespace MLOpsGovernance.Tests.Models;

internal sealed partial class ModelWorld
{
    private static readonly WaivableRule Rule = new("release", ">=1.0.0 <2.0.0", "REL-006", true, [Roles.AiRiskOfficer], 30 * 24 * 3600, true);

    /// <summary>What runs is judged again, and the rules that fail are others each time.</summary>
    private void Judge(Move move)
    {
        FoundFailure[] found = [.. _model.Live.Values.Where(_ => move.How % 3 > 0).Select(place => _model.Deployments[place])
            .Select(d => new FoundFailure($"j{++_serial}", null, "high", d.Id, $"REL-{move.How % 2}", d.Version, ComplianceFindings.OwnerOf(_model.Versions[d.Version])))];
        FoundTakedown[] takedowns = [.. found.Where(_ => move.How % 3 == 1).Select(f => new FoundTakedown(f.Deployment, [f.What], null, f.Owner))];
        if (Do(new NoteCompliance(_now, found, takedowns), Cast.Birth) is null) return;
        foreach (var takedown in takedowns) Suspended(found.First(f => f.Deployment == takedown.Deployment).Version, true);
        foreach (var deployment in _model.Live.Values.Select(place => _model.Deployments[place]))
            if (takedowns.Any(t => t.Deployment == deployment.Id)) (deployment.TakedownAskedAt, _model.Versions[deployment.Version].Suspended).ShouldSatisfyAllConditions(d => d.TakedownAskedAt.ShouldNotBeNull(), d => d.Suspended.ShouldNotBeNull());
        var open = _model.Findings.Where(f => f.IsOpen && ComplianceFindings.IsCause(f.Cause)).ToList();
        open.Select(f => f.Cause).ShouldBeUnique();
        open.Where(f => f.VanishedAt is null).Select(f => f.Cause).ShouldBe(found.Select(f => f.Cause), ignoreOrder: true);
    }

    private void AskForWaiver(Move move, Actor actor, int? version)
    {
        var before = _model;
        var note = new NoteWaiver(Id(move, "w"), Rule.Rule, Rule, Places[move.How % 2], true, version, null, _now.AddDays(move.Which * 3), true, []);
        if (Do(note, actor) is not { Count: > 0 }) return;
        actor.Human.ShouldBeTrue();
        (note.ExpiresAt > _now && note.ExpiresAt <= _now.AddDays(30)).ShouldBeTrue();
        var digests = _model.Waivers[^1].Digests;
        before.Waivers.ShouldNotContain(w => w.Environment == note.Environment && w.ExpiresAt >= note.ExpiresAt && (w.Version == null || (w.Version == version && w.Digests!.SequenceEqual(digests!))));
        _model.CurrentWaivers.ShouldBe(_model.Waivers.Where(w => w.ExpiresAt > _now));
        new[] { _book.ConfirmedRisk, _book.ProposedRisk }.ShouldNotContain(r => r != null && r.Value.Class == 3, "nothing is waived for what is prohibited");
    }
}
