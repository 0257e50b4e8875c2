namespace MLOpsGovernance.Domain.Tasks;

/// <summary>What waits about a version.</summary>
internal static class VersionTasks
{
    internal static IEnumerable<OpenTask> Of(ModelInPlay model, VersionInPlay version, TaskTerms terms) =>
        model.Retired ? []
        : version.Gone ? TakingDown(model, version)
        : [.. Approving(model, version, terms), .. Conditions(model, version), .. Revalidating(model, version, terms), .. BreakingTheGlass(model, version), .. TakingDown(model, version)];

    /// <summary>
    /// As many people in as many roles as the policies at birth ask for: one, or two where the risk is high. While they carry the version, what waits is that the first of them to expire is renewed.
    /// </summary>
    private static IEnumerable<OpenTask> Approving(ModelInPlay model, VersionInPlay version, TaskTerms terms)
    {
        var needed = model.JudgedRisk.IsHigh ? 2 : 1;
        var (about, involved) = (About(version), version.Authors.Union(version.Requesters));
        ApprovalInPlay[] standing = [.. version.Approvals.Where(a => !version.IsInvolved(a.Parties)).OrderByDescending(a => a.ValidUntil).ThenBy(a => a.Id, StringComparer.Ordinal)];
        var carrying = Enumerable.Range(0, standing.Length + 1).Select(count => standing[..count]).FirstOrDefault(some => Missing(some, needed) is { People: <= 0, Roles: <= 0 });
        if (carrying is [.., var first])
        {
            if (version.ReviewOpen) yield return new(TaskKind.RenewApproval, about, model.Team, first.Given, first.ValidUntil) { Roles = Roles.Approvers, Excluded = involved, Ahead = true };
            else if (version.Live > 0) yield return new(TaskKind.RenewApproval, about, model.Team, first.Given, first.ValidUntil) { ForTeam = true, Ahead = true };
        }
        else if (version.ReviewOpen)
        {
            var (people, roles) = Missing(standing, needed);
            yield return new(TaskKind.Approve, about, model.Team, version.WaitingSince, terms.Reviewed(version.WaitingSince))
            {
                Roles = roles > 0 ? [.. Roles.Approvers.Except(standing.Select(a => a.Role), StringComparer.Ordinal)] : Roles.Approvers,
                Excluded = people > 0 ? ModelTasks.Ordered(involved.Concat(standing.SelectMany(a => a.Parties))) : involved,
            };
        }
    }

    private static (int People, int Roles) Missing(IReadOnlyCollection<ApprovalInPlay> approvals, int needed) =>
        (needed - approvals.Select(a => a.Parties[0]).Distinct(StringComparer.Ordinal).Count(), needed - approvals.Select(a => a.Role).Distinct(StringComparer.Ordinal).Count());

    private static IEnumerable<OpenTask> Conditions(ModelInPlay model, VersionInPlay version) => version.Conditions.Select(c => c.ReportedBy is null
        ? new OpenTask(TaskKind.FulfilCondition, About(version, c.Id), model.Team, c.Since, c.Due) { Assignee = c.Owner }
        : new OpenTask(TaskKind.ConfirmCondition, About(version, c.Id), model.Team, c.Since, c.Due)
        {
            Roles = Roles.Approvers, Excluded = ModelTasks.Ordered([.. version.Authors, c.Owner, .. c.ReportedBy]),
        });

    /// <summary>What is in use, so not a mere shadow, is validated anew by the date that its last validation, else its first deployment, leads to.</summary>
    private static IEnumerable<OpenTask> Revalidating(ModelInPlay model, VersionInPlay version, TaskTerms terms)
    {
        if (version.Live == 0 || version.FirstDeployedAt is not { } first) yield break;
        var last = version.Validations.Where(v => v.Fit && !v.Parties.Any(version.Requesters.Contains)).MaxBy(v => v.Done);
        var since = last?.Done ?? first;
        var due = since.AddMonths(terms.Revalidation.Months(model.ConfirmedRisk, model.ProposedRisk));
        yield return new(TaskKind.Revalidate, About(version), model.Team, since, last?.ValidUntil < due ? last.ValidUntil.Value : due)
        {
            Roles = [Roles.ModelValidator], Excluded = version.Authors.Union(version.Requesters), Ahead = true,
        };
    }

    private static IEnumerable<OpenTask> BreakingTheGlass(ModelInPlay model, VersionInPlay version) =>
        from glass in model.IsProhibited ? [] : version.BreakGlasses
        where glass.ArtifactDigest == version.ArtifactDigest && glass.ImageDigest == version.ImageDigest
        select new OpenTask(TaskKind.ApproveBreakGlass, About(version, glass.Id), model.Team, glass.Since, glass.Until)
        {
            Roles = ModelTasks.Seconders, Excluded = ModelTasks.Ordered(version.Authors.Concat(glass.RequestedBy)), Until = glass.Until,
        };

    /// <summary>What was recalled may still run.</summary>
    private static IEnumerable<OpenTask> TakingDown(ModelInPlay model, VersionInPlay version) => version.Takedowns.Values.Select(t =>
        new OpenTask(TaskKind.TakeDown, About(version, t.Deployment) with { Environment = t.Environment }, model.Team, t.Since, t.Due) { Assignee = t.Owner, ForTeam = t.Owner is null });

    private static TaskAbout About(VersionInPlay version, string? item = null) => new(Model: version.Model, Version: version.Number, Item: item);
}
