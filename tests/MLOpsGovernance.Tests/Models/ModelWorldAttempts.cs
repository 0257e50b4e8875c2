using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Deployments;
using MLOpsGovernance.Domain.Evidence;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Monitoring;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Domain.Recalls;
using Shouldly;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Models;

internal sealed partial class ModelWorld
{
    private void Attempt(Move move, Actor actor)
    {
        // Now and then one that does not exist.
        var version = move.Which == 11 ? _model.Versions.Count + 1 : 1 + move.Which % _model.Versions.Count;
        var page = _book.Versions.GetValueOrDefault(version);
        var number = move.How % 4 == 0 ? (int?)null : version;
        switch (move.What)
        {
            case Try.RegisterVersion: RegisterVersion(move, actor); break;
            case Try.RequestReview: RequestReview(move, actor, version); break;
            case Try.Approve: Approve(move, actor, version); break;
            case Try.Reject:
                if (Do(new ApproveVersion(version, Id(move, "r"), false, RoleOf(move, actor), null, null, Data(version)), actor) is null) break;
                Independent(actor, page!);
                foreach (var line in _book.Approvals.Where(a => a.Version == version)) line.Rejected = true;
                break;
            case Try.Revoke: Revoke(move, actor); break;
            case Try.AddAuthor: AddAuthor(move, actor, version); break;
            case Try.Replace: Replace(move, actor, version); break;
            case Try.ChangePurpose:
                if (Do(new ChangePurpose(Text($"{move.How}"), move.How % 2 == 0, [$"purpose-{move.How % 3}"]), actor) is { Count: > 0 }) _book.Changed(_ => true);
                break;
            case Try.Classify: Classify(move, actor); break;
            case Try.ConfirmRisk: ConfirmRisk(actor); break;
            case Try.Note:
                Do(new NoteSuperseded(version, Data(version)), Birth);
                if (move.How % 6 == 0) NoteRecall(move, version);
                break;
            case Try.ClassifyData:
                if (_data[move.Which % 2].Classify(move.How, actor, _now)) DataChanged(move.Which % 2);
                break;
            case Try.WithdrawData:
                if (_data[move.Which % 2].Withdraw(actor, _now)) DataChanged(move.Which % 2);
                break;
            case Try.RestoreData: _data[move.Which % 2].Restore(actor, _now); break;
            case Try.Check: Check(move, version); break;
            case Try.Deploy: Deploy(move, actor); break;
            case Try.Conclude: Conclude(move, actor); break;
            case Try.AskForGlass:
                var asked = Id(move, "b");
                if (Do(new RequestBreakGlass(asked, version, Places[move.How % 2], true, null, move.How * 8), actor) is not null) _book.Glasses[asked] = new(version, [.. actor.Parties], []);
                break;
            case Try.BreakGlass: BreakTheGlass(move, actor); break;
            case Try.OpenFinding: Do(new OpenFinding(Id(move, "f"), null, "high", number), actor); break;
            case Try.CloseFinding: CloseFinding(move, actor); break;
            case Try.Suspend:
                if (Do(new SuspendModel(number, null), actor) is not null) Suspended(number, true);
                break;
            case Try.Resume: Resume(actor, number); break;
            case Try.Recall:
                if (move.How % 8 == 0 && Do(new RecallVersion(version, null), actor) is not null) page!.Recalled = true;
                break;
            case Try.Retire:
                // A whole model is retired seldom, because little can be tried after that.
                if (move.How % 4 != 0 || Do(new RetireModel(move.How == 0 ? null : version, null), actor) is null) break;
                if (move.How == 0) _book.Retired = true;
                else page!.Retired = true;
                break;
            case Try.Alias:
                if (Do(new SetAlias("champion", version), actor) is not null) (page!.Recalled || page.Retired).ShouldBeFalse();
                break;
            case Try.Observe: Observe(move, actor, version); break;
            case Try.Attach:
                if (Do(new AttachEvidence(version, Id(move, "e"), "ci-attestation", Digest(move.How), null, _now.AddHours(move.Id % 3 - 1), null, null, ["ci-attestation"]), actor) is not null)
                    _model.Versions[version].Evidence.Select(e => (e.Kind, e.Digest)).ShouldBeUnique();
                Watch(move, actor, version);
                break;
            case Try.Validate: Validate(move, actor, version); break;
            case Try.ReportCondition: ReportCondition(move, actor); break;
            case Try.ConfirmCondition: ConfirmCondition(move, actor); break;
            case Try.ChangeFinding: ChangeFinding(move, actor); break;
            case Try.ReopenFinding: ReopenFinding(move, actor); break;
            case Try.Judge: Judge(move); break;
            case Try.AskForWaiver: AskForWaiver(move, actor, number); break;
            case Try.Recertify: Recertify(move, actor); break;
            default: throw new ArgumentOutOfRangeException(nameof(move));
        }
    }

    /// <summary>Looking at a version changes nothing that anybody approved; and what it is compared with is never exchanged by a machine.</summary>
    private void Watch(Move move, Actor actor, int version)
    {
        var before = _model.Versions.GetValueOrDefault(version)?.Monitoring.Baseline;
        var baseline = move.How % 3 == 0 ? new NewBaseline(Digest(move.How), ["age"], move.Which % 2 == 0, null) : null;
        if (Do(new NoteMonitoring(version, baseline, new(Id(move, "m"), null, null, _now, null, MonitoringVerdict.Unknown, [], [], ["health"], null, null, Id(move, "mi"), null, null)), actor) is null) return;
        if (before is not null && _model.Versions[version].Monitoring.Baseline != before) actor.Human.ShouldBeTrue();
    }

    private void NoteRecall(Move move, int version)
    {
        var (recall, id) = ($"r{move.Which % 3}", Id(move, "n"));
        if (Do(new NoteRecall(recall, [new(id, null, version, move.Which % 2 == 0)]), Birth) is null) return;
        _model.Findings.Count(f => f.Cause == RecallFindings.Cause(recall, version)).ShouldBe(1, "one finding for each version and recall");
        Do(new NoteRecall(recall, [new($"{id}-again", null, version, true)]), Birth).ShouldBeEmpty("a recall that is said again opens nothing");
    }

    private void RegisterVersion(Move move, Actor actor)
    {
        string[] declared = [.. People.Where((_, i) => (move.How & (1 << i)) != 0 && move.Id % 2 == 0)];
        int[] data = [.. Enumerable.Range(0, 2).Where(i => (move.Which & (1 << i)) != 0)];
        var wasHigh = _book.IsHigh;
        if (Do(new RegisterVersion(Digest(++_serial), null, null, null, null, null, [.. data.Select(i => new DatasetReference(_data[i].State.Name!, "1"))], [], declared, People, []), actor) is null) return;
        _book.Versions.Add(_book.Versions.Count + 1, new([.. declared, .. actor.Parties], data));
        if (wasHigh) declared.Concat(actor.Parties).Any(IsPerson).ShouldBeTrue("a human author");
    }

    private void RequestReview(Move move, Actor actor, int version)
    {
        // Who approved and then asks for the next review takes the approval away; by chance that would hardly be seen.
        var asks = move.How % 4 > 0 && _book.Approvals.FindLast(a => a.Version == version) is { } line ? Array.Find(Actors, a => line.Parties.Contains(a.Subject)) ?? actor : actor;
        if (Do(new RequestReview(version, null), asks) is not null) _book.Versions[version].Requesters.UnionWith(asks.Parties);
    }

    private void Approve(Move move, Actor actor, int version)
    {
        var (id, role) = (Id(move, "a"), RoleOf(move, actor));
        if (Do(new ApproveVersion(version, id, true, role, null, null, Data(version)), actor) is null) return;
        var page = _book.Versions[version];
        Independent(actor, page);
        actor.Holds(role).ShouldBeTrue();
        Roles.Approvers.Contains(role, StringComparer.Ordinal).ShouldBeTrue();
        if (_book.IsHigh) _model.Versions[version].HumanAuthors.ShouldNotBeEmpty();
        _book.Approvals.Add(new(id, version, actor, role, _model.Versions[version].Approvals[^1].ValidUntil));
    }

    private static void Independent(Actor actor, VersionPage page)
    {
        (actor.Human && !actor.Holds(Roles.Administrator)).ShouldBeTrue();
        page.IsInvolved(actor.Parties).ShouldBeFalse();
    }

    private void Revoke(Move move, Actor actor)
    {
        if (_book.Approvals is []) return;
        var line = _book.Approvals[move.How % _book.Approvals.Count];
        if (Do(new RevokeApproval(line.Version, line.Id, null), actor) is not null) line.Revoked = true;
    }

    private void AddAuthor(Move move, Actor actor, int version)
    {
        var author = Actors[move.How % Actors.Length].Subject;
        if (Do(new AddAuthor(version, author, IsPerson(author)), actor) is null) return;
        if (_book.Versions[version].Hands.Add(author)) _book.Changed(v => v == version);
    }

    private void Replace(Move move, Actor actor, int version)
    {
        var digest = Digest(1_000_000 + move.How % 3);
        if (Do(new ReplaceArtifact(version, move.How % 2 == 0 ? digest : null, move.How % 2 == 0 ? null : digest), actor) is not { Count: > 0 }) return;
        _model.Deployments.Exists(d => d.Version == version).ShouldBeFalse();
        _book.Versions[version].Hands.UnionWith(actor.Parties);
        _book.Changed(v => v == version);
    }

    private void Classify(Move move, Actor actor)
    {
        var risk = (Class: move.How % 4, Tier: 1 + move.Which % 3);
        if (Do(new ClassifyModel(new(ModelBook.Classes[risk.Class], risk.Tier), IsInTeam(actor)), actor) is not [var e, ..]) return;
        if (e is ModelRiskConfirmed) Confirmed(actor);
        _book.Classify(risk, e is ModelRiskConfirmed);
        if (e is ModelRiskProposed) _book.ProposedBy = [.. actor.Parties];
    }

    private void ConfirmRisk(Actor actor)
    {
        if (Do(new ConfirmRisk(null, IsInTeam(actor)), actor) is null) return;
        Confirmed(actor);
        _book.ProposedBy.Overlaps(actor.Parties).ShouldBeFalse("nobody confirms what they proposed");
        _book.Classify(_book.ProposedRisk.ShouldNotBeNull(), confirmed: true);
    }

    private void Confirmed(Actor actor)
    {
        (actor.Human && actor.HoldsAny(Roles.Confirmers) && !IsInTeam(actor)).ShouldBeTrue();
        HasAHand(actor, null).ShouldBeFalse();
    }

    private static bool IsInTeam(Actor actor) => actor.Parties.Any(p => p is "ada" or "bob");

    private void Check(Move move, int version)
    {
        if (!_model.Versions.TryGetValue(version, out var made)) return;
        var (place, flaw) = (Places[move.How / 2 % 2], move.How / 4 % 16);
        _decisions.Add(new(
            $"c{_decisions.Count}", flaw == 1 ? "churn" : "credit", version, place, move.How % 2 == 0 ? "deploy" : "rollback", flaw == 2 ? Digest(9) : made.ArtifactDigest, made.ImageDigest,
            flaw != 3, flaw == 3 ? "deny" : "allow", flaw == 4, _now, _now.AddHours(1), move.How % 2 == 0 ? Stages[move.Id % 4] : DeploymentStage.Full));
    }

    private void Deploy(Move move, Actor actor)
    {
        if (_decisions is []) return;
        var decision = _decisions[^(1 + move.Which % Math.Min(3, _decisions.Count))];
        var (place, id) = (move.How % 16 == 0 ? "staging" : decision.Environment, Id(move, "d"));
        var overtaken = move.How % 8 == 1 ? new Overtaking("dataset-withdrawn", "training dataset loans was withdrawn", null) : null;
        var (made, page) = (_model.Versions[decision.Version], _book.Versions[decision.Version]);
        var fit =
            decision is { Model: "credit", Allowed: true, DryRun: false } && decision.Environment == place && _now < decision.ValidUntil && overtaken is null
            && decision.ArtifactDigest == made.ArtifactDigest && decision.ImageDigest == made.ImageDigest && !_book.DecisionsUsed.Contains(decision.Id)
            && !_book.Retired && !_book.Suspended && page is { Recalled: false, Retired: false, Suspended: false }
            && _model.Deployments.TrueForAll(d => d.Id != id);

        var answering = _model.LiveIn(place);
        var events = Do(new RecordDeployment(id, decision.Version, place, decision, overtaken, $"f{++_serial}", null), actor);
        (events is not null).ShouldBe(fit, $"deploying on {decision}");
        if (events is null) return;
        _book.DecisionsUsed.Add(decision.Id);
        _model.Deployments[_model.Live[DeploymentStage.Place(place, decision.Stage)]].Id.ShouldBe(id);
        // Who runs beside what answers everybody takes nothing from it.
        if (decision.Stage != DeploymentStage.Full) _model.LiveIn(place).ShouldBe(answering);
        (events.OfType<FindingOpened>().Count() == 1).ShouldBe(decision.Action == "rollback");
    }

    private void Conclude(Move move, Actor actor)
    {
        if (_model.Deployments is []) return;
        var deployment = _model.Deployments[move.Which % _model.Deployments.Count];
        var (failed, ended) = (move.How % 2 == 0, move.How % 3 == 0 ? (bool?)(move.How % 4 == 0) : null);
        var accepted = Do(new ConcludeDeployment(deployment.Id, failed ? DeploymentOutcome.Failed : DeploymentOutcome.Succeeded, null, [], ended), actor) is not null;
        accepted.ShouldBe(deployment.Outcome is null && !(deployment.IsFull && ended == true));
        var now = _model.Deployments.Find(d => d.Id == deployment.Id)!;
        if (accepted && deployment.EndedAt is null) (now.EndedAt is not null).ShouldBe(!deployment.IsFull && (ended ?? failed));
        else now.EndedAt.ShouldBe(deployment.EndedAt);
    }

    private void BreakTheGlass(Move move, Actor actor)
    {
        if (_model.BreakGlasses is []) return;
        var asked = _model.BreakGlasses[move.Which % _model.BreakGlasses.Count];
        if (Do(new ApproveBreakGlass(asked.Id, asked.Version, null, Id(move, "f"), null), actor) is null) return;
        var line = _book.Glasses[asked.Id];
        line.AgreedBy.ShouldBeEmpty("it is agreed to once");
        line.AgreedBy.UnionWith(actor.Parties);
        (actor.Human && !actor.Holds(Roles.Administrator)).ShouldBeTrue();
        HasAHand(actor, line.Version).ShouldBeFalse("no author agrees to it");
        _now.ShouldBeLessThan(asked.LapsesAt);
        new[] { _book.ConfirmedRisk, _book.ProposedRisk }.ShouldNotContain(r => r != null && r.Value.Class == 3, "nobody gives leave for what is prohibited");
        asked.IsFor(_model.Versions[line.Version]).ShouldBeTrue();
    }

    /// <summary>What runs in a place of this model, as far as it should not; the rest is as it should be.</summary>
    private void Observe(Move move, Actor actor, int version)
    {
        var place = Places[move.How % 2];
        FoundDiscrepancy[] found = move.How % 3 == 0 ? [] : [new(Id(move, "f"), null, "high", $"running-not-allowed:{place}:{Digest(version)}", version)];
        if (Do(new NoteDiscrepancies(place, _now, found), actor) is null) return;
        var open = _model.Findings.Where(f => f.IsOpen && Discrepancy.IsCause(f.Cause, place)).ToList();
        open.Select(f => f.Cause).ShouldBeUnique();
        open.Where(f => f.VanishedAt is null).Select(f => f.Cause).ShouldBe(found.Select(f => f.Cause));
    }

    private void CloseFinding(Move move, Actor actor)
    {
        if (_model.Findings is []) return;
        var finding = _model.Findings[move.Which % _model.Findings.Count];
        if (Do(new CloseFinding(finding.Id, null), actor) is null) return;
        actor.Human.ShouldBeTrue();
        HasAHand(actor, finding.Version).ShouldBeFalse();
        if (_book.Glasses.GetValueOrDefault(finding.Cause.Replace("break-glass:", "", StringComparison.Ordinal)) is { } glass)
            (glass.AskedBy.Overlaps(actor.Parties) || glass.AgreedBy.Overlaps(actor.Parties)).ShouldBeFalse();
        actor.Parties.ShouldNotContain(finding.Owner, "a second person closes it");
        if (finding.Owner is null) actor.Parties.Intersect(finding.Openers, StringComparer.Ordinal).ShouldBeEmpty("nobody opens and closes alone");
    }

    private void Resume(Actor actor, int? number)
    {
        if (Do(new ResumeModel(number, null), actor) is null) return;
        actor.Human.ShouldBeTrue();
        HasAHand(actor, number).ShouldBeFalse();
        Suspended(number, false);
    }

    private bool HasAHand(Actor actor, int? version) => _book.Versions.Any(v => (version is null || v.Key == version) && v.Value.Hands.Overlaps(actor.Parties));

    private void Suspended(int? number, bool suspended)
    {
        if (number is null) _book.Suspended = suspended;
        else _book.Versions[number.Value].Suspended = suspended;
    }

    private void DataChanged(int which) => _book.Changed(v => _book.Versions[v].Data.Contains(which));

    private static bool IsPerson(string subject) => People.Contains(subject, StringComparer.Ordinal);

    private static string RoleOf(Move move, Actor actor) => move.How % 8 == 0 ? Roles.ComplianceOfficer : actor.Roles[move.How % actor.Roles.Count];
}
