namespace MLOpsGovernance.Domain.Tasks;

/// <summary>What waits about a dataset, a subject's roles, or an environment.</summary>
internal static class OtherTasks
{
    internal static IEnumerable<OpenTask> Of(DatasetInPlay dataset, TaskTerms terms)
    {
        if (dataset is { ProposedAt: { } since, Withdrawn: false })
            yield return new(TaskKind.ConfirmClass, new(Dataset: dataset.Name), dataset.Team, since, terms.Reviewed(since)) { Roles = Roles.Confirmers, OutsideTeam = true };
        if (dataset is { ReviewedAt: { } last, Withdrawn: false })
            yield return new(TaskKind.ReviewDataset, new(Dataset: dataset.Name), dataset.Team, last, dataset.ReviewDue) { ForTeam = true, Ahead = true };
    }

    internal static IEnumerable<OpenTask> Of(SubjectInPlay subject, TaskTerms terms) => subject.Roles.Select(role =>
        new OpenTask(TaskKind.RecertifyRole, new(Subject: subject.Subject, Role: role.Key), null, role.Value, role.Value.AddMonths(terms.Recertification.Months))
        {
            Roles = [Roles.Administrator], Excluded = [subject.Subject], Ahead = true,
        });

    internal static IEnumerable<OpenTask> Of(EnvironmentInPlay environment, TaskTerms terms)
    {
        if (environment.UngatingProposedBy is [_, ..] proposers)
        {
            yield return new(TaskKind.ConfirmUngating, new(Environment: environment.Name), null, environment.UngatingProposedAt, terms.Reviewed(environment.UngatingProposedAt))
            {
                Roles = [Roles.Administrator, Roles.ComplianceOfficer], Excluded = ModelTasks.Ordered(proposers),
            };
        }

        foreach (var (id, stranger) in environment.Findings)
        {
            yield return new(TaskKind.CloseFinding, new(Environment: environment.Name, Item: id), null, stranger.Since, stranger.Due)
            {
                Roles = ModelTasks.Seconders, Excluded = ModelTasks.Ordered(stranger.OpenedBy),
            };
        }
    }
}
