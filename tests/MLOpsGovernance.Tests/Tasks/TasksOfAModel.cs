using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Compliance;
using MLOpsGovernance.Domain.Findings;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Observations;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Domain.Validations;

namespace MLOpsGovernance.Tests.Tasks;

/// <summary>
/// What waits about a model, worked out from all that there is: the whole state, and the history for the dates that the state does not hold. That data changed is known from the history alone, as the register knows it.
/// </summary>
internal sealed class TasksOfAModel(Model model, IReadOnlyList<object> history, DateTimeOffset now)
{
    private static readonly string[] Seconders = [Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer];

    private static TaskTerms Terms => TaskBook.Terms;

    public IEnumerable<OpenTask> All() => [.. OfModel(), .. model.Findings.Where(f => f.IsOpen).Select(OfFinding), .. model.Retired ? [] : model.Versions.Values.Where(v => !v.Recalled && !v.Retired).SelectMany(OfVersion), .. OfTakedowns()];

    private IEnumerable<OpenTask> OfTakedowns()
    {
        foreach (var deployment in model.Deployments.Where(d => d is { EndedAt: null, TakedownAskedAt: not null }))
        {
            var asked = Last<TakedownAsked>(t => t.Deployment == deployment.Id);
            var task = Task(TaskKind.TakeDown, deployment.Version, deployment.Id, asked.At, asked.At.AddDays(1));
            yield return task with { About = task.About with { Environment = deployment.Environment }, Assignee = asked.Owner, ForTeam = asked.Owner is null };
        }
    }

    private IEnumerable<OpenTask> OfModel()
    {
        if (model.Retired) yield break;
        if (model.ProposedRisk is not null)
            yield return Task(TaskKind.ConfirmRisk, null, null, Last<ModelRiskProposed>(_ => true).At, null) with { Roles = [Roles.AiRiskOfficer, Roles.ComplianceOfficer], Excluded = Sorted(AllAuthors), OutsideTeam = true };
        var stated = history.OfType<ModelRecertified>().LastOrDefault();
        yield return stated?.StillInUse is false
            ? Task(TaskKind.RetireModel, null, null, stated.At, null) with { ForTeam = true }
            : Task(TaskKind.RecertifyModel, null, null, stated?.At ?? model.RegisteredAt, (stated?.At ?? model.RegisteredAt).AddMonths(3)) with { ForTeam = true, Ahead = true };
    }

    private OpenTask OfFinding(Finding finding)
    {
        var (vanished, since) = history.Select(e => e switch
        {
            FindingOpened f when f.Id == finding.Id => (false, f.At),
            FindingReopened f when f.Id == finding.Id => (false, f.At),
            DiscrepancyReturned d when d.Finding == finding.Id => (false, d.At),
            DiscrepancyVanished d when d.Finding == finding.Id => (true, d.At),
            _ => ((bool, DateTimeOffset)?)null,
        }).Last(x => x is not null)!.Value;
        if (!vanished) return Task(TaskKind.RemedyFinding, finding.Version, finding.Id, since, finding.Due) with { Assignee = finding.Owner, ForTeam = finding.Owner is null };
        var authors = finding.Version is { } number ? model.Versions[number].Authors : AllAuthors;
        return Task(TaskKind.CloseFinding, finding.Version, finding.Id, since, finding.Due) with { Roles = Roles.Approvers, Excluded = Sorted([.. authors, .. finding.Owner is null ? finding.Openers : [finding.Owner]]) };
    }

    private IEnumerable<OpenTask> OfVersion(ModelVersion version)
    {
        var live = model.Deployments.Exists(d => d.Version == version.Number && d.EndedAt is null);
        if (version.Review == ReviewState.Open || live)
            if (Approving(version, live) is { } approving) yield return approving;

        foreach (var condition in version.Conditions)
        {
            var (datasets, imposed) = condition.Source == Condition.OfApproval
                ? (version.Approvals.Find(a => a.Id == condition.SourceId)!.Material.Datasets, version.Approvals.Find(a => a.Id == condition.SourceId)!.At)
                : (version.Validations.Find(v => v.Id == condition.SourceId)!.Material.Datasets, version.Validations.Find(v => v.Id == condition.SourceId)!.At);
            if (condition.StateIn(version, Material.Of(model, version, datasets)) is var state && state == Condition.Open)
                yield return Task(TaskKind.FulfilCondition, version.Number, condition.Id, imposed, condition.Due) with { Assignee = condition.Owner };
            else if (state == Condition.Reported)
                yield return Task(TaskKind.ConfirmCondition, version.Number, condition.Id, condition.Fulfilment!.At, condition.Due) with { Roles = Roles.Approvers, Excluded = Sorted([.. version.Authors, condition.Owner, .. condition.Fulfilment.Parties]) };
        }

        if (live && version.FirstDeployedAt is not null) yield return Revalidating(version);
        if (model.JudgedRisk.EuAiAct == "prohibited" || model.ProposedRisk?.EuAiAct == "prohibited") yield break;
        foreach (var glass in model.BreakGlasses.Where(b => b.ApprovedBy is null && now < b.LapsesAt && b.IsFor(version)))
            yield return Task(TaskKind.ApproveBreakGlass, version.Number, glass.Id, glass.At, glass.LapsesAt) with { Roles = Seconders, Excluded = Sorted([.. version.Authors, .. glass.RequestedBy]), Until = glass.LapsesAt };
    }

    private OpenTask? Approving(ModelVersion version, bool live)
    {
        var needed = model.JudgedRisk.EuAiAct is "high" or "prohibited" || model.JudgedRisk.Tier == 1 ? 2 : 1;
        var standing = version.Approvals.FindAll(a => ApprovalStanding.Of(a, version, Material.Of(model, version, a.Material.Datasets)).IsLive);
        var involved = Sorted([.. version.Authors, .. version.Requesters]);
        if (Enough(standing))
        {
            // The latest moment at which those that are left are still enough.
            var due = standing.Select(a => a.ValidUntil).Where(d => Enough([.. standing.Where(a => a.ValidUntil >= d)])).Max();
            var first = standing.Where(a => a.ValidUntil >= due).OrderByDescending(a => a.ValidUntil).ThenBy(a => a.Id, StringComparer.Ordinal).ToList();
            while (Enough([.. first.SkipLast(1)])) first.RemoveAt(first.Count - 1);
            var renewal = Task(TaskKind.RenewApproval, version.Number, null, first[^1].At, due) with { Ahead = true };
            return version.Review == ReviewState.Open ? renewal with { Roles = Roles.Approvers, Excluded = involved } : renewal with { ForTeam = true };
        }

        if (version.Review != ReviewState.Open) return null;
        var since = history.Select(e => e switch
        {
            ReviewRequested r when r.Version == version.Number => r.At,
            ApprovalRevoked r when r.Version == version.Number => r.At,
            ApprovalSuperseded r when r.Version == version.Number => r.At,
            _ => DateTimeOffset.MinValue,
        }).Max();
        return Task(TaskKind.Approve, version.Number, null, since, null) with
        {
            Roles = Distinct(a => a.Role) < needed ? [.. Roles.Approvers.Where(r => !standing.Exists(a => a.Role == r))] : Roles.Approvers,
            Excluded = Distinct(a => a.By) < needed ? Sorted([.. involved, .. standing.SelectMany(a => a.Parties)]) : involved,
        };

        bool Enough(IReadOnlyList<Approval> some) => some.DistinctBy(a => a.By).Count() >= needed && some.DistinctBy(a => a.Role).Count() >= needed;

        int Distinct(Func<Approval, string> of) => standing.Select(of).Distinct().Count();
    }

    private OpenTask Revalidating(ModelVersion version)
    {
        var standing = version.Validations.FindAll(v => ValidationStanding.Of(v, version, Material.Of(model, version, v.Material.Datasets)).IsLive);
        var last = standing.Where(v => v.IsFit).MaxBy(v => v.At);
        var since = last?.At ?? version.FirstDeployedAt!.Value;
        var due = since.AddMonths(Terms.Revalidation.Months(model));
        if (last?.ValidUntil < due) due = last.ValidUntil.Value;
        return Task(TaskKind.Revalidate, version.Number, null, since, due) with { Roles = [Roles.ModelValidator], Excluded = Sorted([.. version.Authors, .. version.Requesters]), Ahead = true };
    }

    private IEnumerable<string> AllAuthors => model.Versions.Values.SelectMany(v => v.Authors);

    private T Last<T>(Func<T, bool> which) => history.OfType<T>().Last(which);

    private OpenTask Task(string kind, int? version, string? item, DateTimeOffset since, DateTimeOffset? due) =>
        new(kind, new(Model: model.Name, Version: version, Item: item), model.Team, since, due ?? since.AddDays(5));

    private static IReadOnlyList<string> Sorted(IEnumerable<string> subjects) => [.. subjects.Distinct().Order(StringComparer.Ordinal)];
}
