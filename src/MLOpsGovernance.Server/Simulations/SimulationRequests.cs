using FluentValidation;
using MediatR;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Policies;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Simulations;

/// <summary>Judges the decisions of a time again under a draft of the policy set. Changes nothing.</summary>
/// <param name="Digest">Of a set that was adopted once, in place of documents.</param>
[RequiresRole(Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record StartSimulation(IReadOnlyList<PolicyFile>? Documents, string? Digest, DateTimeOffset? From, DateTimeOffset? To) : ICommand<SimulationView>
{
    public string Stream => PolicySetGrain.StreamName;
}

/// <summary>Nothing of it runs from then on; what had ended already stays as it is.</summary>
[RequiresRole(Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record CancelSimulation(string Id) : ICommand<SimulationView>
{
    public string Stream => PolicySetGrain.StreamName;
}

[AnyRole]
internal sealed record ReadSimulation(string Id) : IQuery<SimulationView>;

/// <param name="State"><c>running</c>, <c>completed</c>, <c>cancelled</c>, <c>failed</c>, or <c>interrupted</c> where the node that ran it went away.</param>
/// <param name="PolicySet">Digest of the draft.</param>
/// <param name="From">Inclusive, by the time at which a decision was made.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Judged">How many decisions it has gone through.</param>
/// <param name="Total">How many there were when it began.</param>
/// <param name="Why">Why it did not complete.</param>
/// <param name="Result">Null while it runs, and where it did not complete.</param>
internal sealed record SimulationView(
    string Id, string State, string By, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string PolicySet, DateTimeOffset From, DateTimeOffset To, int Judged, int Total, string? Why, SimulationResult? Result);

internal sealed class StartSimulationRules : AbstractValidator<StartSimulation>
{
    public const int MostDocuments = 200, LongestPath = 200;

    public StartSimulationRules()
    {
        RuleFor(c => c.Documents).Must((c, d) => d is null != c.Digest is null).OverridePropertyName("policySet").WithMessage("policySet is either documents, each with path and text, or the digest of a set that was adopted.");
        RuleFor(c => c.Documents!).Must(d => d.Count is >= 1 and <= MostDocuments).OverridePropertyName("policySet.documents").WithMessage($"a draft has 1 to {MostDocuments} documents.").When(c => c.Documents is not null);
        RuleFor(c => c.Documents!).Must(d => d.All(f => f.Path.Length is >= 1 and <= LongestPath && f.Path.All(p => p is > ' ' and <= '~'))).OverridePropertyName("policySet.documents.path")
            .WithMessage($"a path is 1 to {LongestPath} visible ASCII characters.").When(c => c.Documents is not null);
        RuleFor(c => c.Documents!).Must(d => d.Select(f => f.Path).Distinct(StringComparer.Ordinal).Count() == d.Count).OverridePropertyName("policySet.documents.path")
            .WithMessage("each path stands once.").When(c => c.Documents is not null);
        RuleFor(c => c.Digest).IsDigest().OverridePropertyName("policySet.digest").When(c => c.Digest is not null);
        RuleFor(c => c.From).Must((c, from) => from is null || c.To is null || from < c.To).WithMessage("from is before to.");
    }
}

internal sealed class CancelSimulationRules : AbstractValidator<CancelSimulation>
{
    public CancelSimulationRules() => RuleFor(c => c.Id).IsId();
}

internal sealed class SimulationHandlers(SimulationTable table, SimulationRunner runner, DecisionArchive archive, Decisions decisions, Caller caller, TimeProvider time) :
    IRequestHandler<StartSimulation, Result<SimulationView>>, IRequestHandler<CancelSimulation, Result<SimulationView>>, IRequestHandler<ReadSimulation, Result<SimulationView>>
{
    public const int MostDecisions = 5_000_000, MostRunning = 4;

    private static readonly TimeSpan ByDefault = TimeSpan.FromDays(90);

    private static readonly Refusal Unknown = new("simulation-unknown", "There is no simulation with this id.", RefusalKind.NotFound);

    public async Task<Result<SimulationView>> Handle(StartSimulation request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var to = request.To ?? now;
        var from = request.From ?? to - ByDefault;
        var (draft, refused) = await DraftAsync(request, cancellationToken);
        if (draft is null) return refused!;
        if (await table.CountRunningAsync(cancellationToken) >= MostRunning)
            return new Refusal("too-many-simulations", $"{MostRunning} simulations are running; wait for one of them, or cancel it.", RefusalKind.Conflict);
        var total = await archive.CountAsync(from, to, cancellationToken);
        if (total > MostDecisions)
            return new Refusal("simulation-too-large", $"There are {total} decisions in that time; one simulation judges {MostDecisions} at most. Choose a shorter one.", RefusalKind.Unprocessable);

        var begun = new SimulationView(caller.NewId("simulation"), SimulationTable.Running, caller.Actor.Subject, now, null, draft.Digest, from, to, 0, total, null, null);
        await table.AddAsync(begun, cancellationToken);
        runner.Begin(new(begun.Id, draft, from, to));
        return new Result<SimulationView>(begun) with { Accepted = $"/api/v1/policies/simulations/{begun.Id}" };
    }

    public async Task<Result<SimulationView>> Handle(CancelSimulation request, CancellationToken cancellationToken)
    {
        await table.EndAsync(request.Id, SimulationTable.Cancelled, time.GetUtcNow(), null, $"cancelled by {caller.Actor.Subject}", cancellationToken);
        return await table.FindAsync(request.Id, cancellationToken) is { } found ? found : Unknown;
    }

    public async Task<Result<SimulationView>> Handle(ReadSimulation request, CancellationToken cancellationToken) =>
        await table.FindAsync(request.Id, cancellationToken) is { } found ? found : Unknown;

    private async Task<(PolicySet? Draft, Result<SimulationView>? Refused)> DraftAsync(StartSimulation request, CancellationToken cancellationToken)
    {
        if (request.Digest is { } digest)
        {
            return await decisions.PoliciesAsync(digest, cancellationToken) is { } adopted ? (adopted, null)
                : (null, new Refusal("policy-set-unknown", $"No policy set with the digest {digest} was ever adopted, or it cannot be read any more.", RefusalKind.Unprocessable));
        }

        var load = PolicySet.Load(request.Documents!);
        return load.Set is { } set ? (set, null) : (null, Result<SimulationView>.Refused(BrokenPolicySet.Refusal(load), null, new BrokenPolicySet(load.Errors)));
    }
}
