using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Waivers;
using Shouldly;

namespace MLOpsGovernance.Tests.Models;

internal sealed partial class ModelWorld
{
    private static readonly WaivableRule Rule = new("release", ">=1.0.0 <2.0.0", "REL-006", true, [Roles.AiRiskOfficer], 30 * 24 * 3600, true);

    private void AskForWaiver(Move move, Actor actor, int? version)
    {
        var before = _model;
        var note = new NoteWaiver(Id(move, "w"), Rule.Rule, Rule, Places[move.How % 2], true, version, null, _now.AddDays(move.Which * 3), true, []);
        if (Do(note, actor) is not { Count: > 0 }) return;
        actor.Human.ShouldBeTrue();
        (note.ExpiresAt > _now && note.ExpiresAt <= _now.AddDays(30)).ShouldBeTrue();
        before.Waivers.ShouldNotContain(w => w.Environment == note.Environment && w.ExpiresAt >= note.ExpiresAt && (w.Version == null || (w.Version == version && w.Digests!.Contains(_model.Versions[version.Value].ArtifactDigest))));
        _model.CurrentWaivers.ShouldBe(_model.Waivers.Where(w => w.ExpiresAt > _now));
        new[] { _book.ConfirmedRisk, _book.ProposedRisk }.ShouldNotContain(r => r != null && r.Value.Class == 3, "nothing is waived for what is prohibited");
    }
}
