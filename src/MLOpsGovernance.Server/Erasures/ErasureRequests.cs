using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Erasures;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Erasures;

/// <summary>Asks that every text about a person be made unreadable. A second person must agree.</summary>
[RequiresRole(Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record RequestErasure(string Subject, string Reason, string? About) : ICommand<ErasureView>
{
    public string Stream => $"subject:{Subject}";
}

[RequiresRole(Roles.ComplianceOfficer, Roles.ChiefRiskOfficer)]
internal sealed record AgreeToErasure(string Id, string LegalBasis, string Reason, string? About) : ICommand<ErasureView>
{
    public string Stream => $"erasure:{Id}";
}

[RequiresRole(Roles.ComplianceOfficer, Roles.ChiefRiskOfficer)]
internal sealed record RejectErasure(string Id, string Reason, string? About) : ICommand<ErasureView>
{
    public string Stream => $"erasure:{Id}";
}

[RequiresRole(Roles.ComplianceOfficer, Roles.ChiefRiskOfficer, Roles.Administrator)]
internal sealed record ReadErasure(string Id) : IQuery<ErasureView>;

[RequiresRole(Roles.ComplianceOfficer, Roles.ChiefRiskOfficer, Roles.Administrator)]
internal sealed record ListErasures(Page Page) : IQuery<Listed<ErasureView>>, IPaged;

internal sealed class RequestErasureRules : AbstractValidator<RequestErasure>
{
    public RequestErasureRules()
    {
        RuleFor(c => c.Subject).IsSubject();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class AgreeToErasureRules : AbstractValidator<AgreeToErasure>
{
    public AgreeToErasureRules()
    {
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.LegalBasis).IsOneOf(Erasure.LegalBases);
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RejectErasureRules : AbstractValidator<RejectErasure>
{
    public RejectErasureRules()
    {
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

/// <param name="State"><c>requested</c>, <c>completed</c> or <c>rejected</c>.</param>
/// <param name="Keys">Ids of the keys that were destroyed; whatever names one of them cannot be read any more.</param>
/// <param name="Obstacle">Why it could not be agreed to now; null where it could, and once it is decided.</param>
internal sealed record ErasureView(
    string Id, string Subject, string State, string? Reason, string RequestedBy, DateTimeOffset RequestedAt, string? LegalBasis, IReadOnlyList<string> Keys, string? DecidedBy, DateTimeOffset? DecidedAt,
    string? DecisionReason, ErasureObstacleView? Obstacle);

/// <param name="Code"><c>legal-hold</c>, <c>retention-duty</c> or <c>nothing-to-erase</c>.</param>
internal sealed record ErasureObstacleView(string Code, string Why);

/// <summary>How long texts have to be kept: <c>Erasure:RetentionDays</c> (183 by default), and <c>Erasure:HighRiskRetentionDays</c> (3650) in the history of a high-risk model.</summary>
internal static class ErasureSettings
{
    private const int MostDays = 36_500;

    /// <exception cref="StartupException">A setting is out of its range.</exception>
    public static RetentionTerms Of(IConfiguration configuration)
    {
        var (general, high) = (configuration.GetValue("Erasure:RetentionDays", RetentionTerms.Default.General.Days), configuration.GetValue("Erasure:HighRiskRetentionDays", RetentionTerms.Default.HighRisk.Days));
        return general is >= 0 and <= MostDays && high is >= 0 and <= MostDays
            ? new(TimeSpan.FromDays(general), TimeSpan.FromDays(high))
            : throw new StartupException($"Erasure__RetentionDays and Erasure__HighRiskRetentionDays are whole numbers from 0 to {MostDays}.");
    }
}
