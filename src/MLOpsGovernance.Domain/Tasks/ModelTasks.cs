namespace MLOpsGovernance.Domain.Tasks;

/// <summary>What waits about a model as a whole, and about its findings.</summary>
internal static class ModelTasks
{
    /// <summary>Who agrees to break a glass, or looks into what runs and nobody registered.</summary>
    internal static IReadOnlyList<string> Seconders { get; } = [Roles.EngineeringLead, .. Roles.Approvers];

    internal static IEnumerable<OpenTask> Of(ModelInPlay model, TaskTerms terms)
    {
        if (model.Retired) yield break;
        var about = new TaskAbout(Model: model.Name);
        if (model.ProposedRisk is not null)
        {
            yield return new(TaskKind.ConfirmRisk, about, model.Team, model.ProposedAt, terms.Reviewed(model.ProposedAt))
            {
                Roles = Roles.Confirmers, Excluded = model.Authors, OutsideTeam = true,
            };
        }

        yield return model.InUse is false
            ? new(TaskKind.RetireModel, about, model.Team, model.StatedAt, terms.Reviewed(model.StatedAt)) { ForTeam = true }
            : new(TaskKind.RecertifyModel, about, model.Team, model.StatedAt, model.StatedAt.AddMonths(terms.Recertification.Months)) { ForTeam = true, Ahead = true };
    }

    /// <summary>A finding outlives its model's retirement: what was retired may still run.</summary>
    internal static IEnumerable<OpenTask> Of(ModelInPlay model, FindingInPlay finding, VersionInPlay? version)
    {
        if (!finding.Open) yield break;
        var about = new TaskAbout(Model: finding.Model, Version: finding.Version, Item: finding.Id);
        if (!finding.IsClosable)
        {
            yield return new(TaskKind.RemedyFinding, about, model.Team, finding.Since, finding.Due) { Assignee = finding.Owner, ForTeam = finding.Owner is null };
            yield break;
        }

        IEnumerable<string> authors = version is null ? model.Authors : version.Authors;
        yield return new(TaskKind.CloseFinding, about, model.Team, finding.Since, finding.Due)
        {
            Roles = Roles.Approvers, Excluded = Ordered(authors.Concat(finding.Owner is { } owner ? [owner] : finding.Openers)),
        };
    }

    internal static IReadOnlyList<string> Ordered(IEnumerable<string> subjects) => [.. subjects.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
