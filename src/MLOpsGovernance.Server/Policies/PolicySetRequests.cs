using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Policies;

/// <summary>Puts a whole set forward. Another officer, who wrote none of what it changes, adopts it.</summary>
/// <param name="Documents">Every file of the set, its tests included.</param>
/// <param name="Authors">Who wrote which of the changed documents; whoever proposes them first counts as one of the authors in any case.</param>
[RequiresRole(Roles.AiRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record ProposePolicySet(IReadOnlyList<PolicyFile> Documents, IReadOnlyList<DocumentAuthorship> Authors, string Reason, string? About) : ICommand<PolicyProposalView>
{
    public string Stream => PolicySetGrain.StreamName;
}

internal sealed record DocumentAuthorship(string Path, IReadOnlyList<string> Subjects);

/// <summary>Puts a set forward that was in force before.</summary>
[RequiresRole(Roles.AiRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record RollBackPolicySet(string Digest, string Reason, string? About) : ICommand<PolicyProposalView>
{
    public string Stream => PolicySetGrain.StreamName;
}

/// <summary>Puts a proposed set in force. What only a folder said wants one officer to put it forward and another to adopt it, both by this call.</summary>
[RequiresRole(Roles.AiRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record AdoptPolicySet(string Id, string? Reason, string? About) : ICommand<PolicyProposalView>
{
    public string Stream => PolicySetGrain.StreamName;
}

/// <summary>Lays a proposal aside; who made it may take it back so.</summary>
[RequiresRole(Roles.AiRiskOfficer, Roles.ComplianceOfficer)]
internal sealed record RejectPolicySet(string Id, string Reason, string? About) : ICommand<PolicyProposalView>
{
    public string Stream => PolicySetGrain.StreamName;
}

[AnyRole]
internal sealed record ReadPolicyProposal(string Id) : IQuery<PolicyProposalView>;

/// <summary>Every proposal, the latest before the others.</summary>
[AnyRole]
internal sealed record ListPolicyProposals(Page Page) : IQuery<Listed<PolicyProposalRow>>, IPaged;

/// <summary>Every set that was ever adopted, the latest before the others.</summary>
[AnyRole]
internal sealed record ListPolicySets(Page Page) : IQuery<Listed<PolicySetRow>>, IPaged
{
    public bool NumberedCursor => true;
}

/// <summary>The documents of a set that is or was in force, or that waits to be adopted.</summary>
[AnyRole]
internal sealed record ReadPolicySet(string Digest) : IQuery<PolicySetDocuments>;

internal sealed class ProposePolicySetRules : AbstractValidator<ProposePolicySet>
{
    private const int MostDocuments = 500, LongestPath = 200;

    public ProposePolicySetRules()
    {
        RuleFor(c => c.Documents).Must(d => d.Count <= MostDocuments).WithErrorCode("too-many").WithMessage($"at most {MostDocuments} documents.");
        RuleForEach(c => c.Documents).Must(d => d is { Path.Length: > 0 and <= LongestPath, Text: not null } && d.Path.All(c => c is > ' ' and <= '~' and not '\\') && !d.Path.Split('/').Any(p => p is "" or "." or ".."))
            .WithErrorCode("invalid-path").WithMessage($"a document has a text, and a path relative to the set's folder: 1 to {LongestPath} visible ASCII characters, with '/' between its parts.");
        RuleFor(c => c.Authors).Must(a => a.Count <= Rules.MostListed).WithErrorCode("too-many").WithMessage($"at most {Rules.MostListed} entries.");
        RuleForEach(c => c.Authors).Must((c, a) => a is { Path: not null, Subjects: { Count: > 0 and <= Rules.MostListed } } && c.Documents.Any(d => d?.Path == a.Path) && a.Subjects.All(Name.IsSubject))
            .WithErrorCode("invalid-authors").WithMessage($"an entry names the path of one of the documents and 1 to {Rules.MostListed} subjects; a subject is {Name.SubjectRule}.");
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RollBackPolicySetRules : AbstractValidator<RollBackPolicySet>
{
    public RollBackPolicySetRules()
    {
        RuleFor(c => c.Digest).IsDigest();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class AdoptPolicySetRules : AbstractValidator<AdoptPolicySet>
{
    public AdoptPolicySetRules()
    {
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Reason).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class RejectPolicySetRules : AbstractValidator<RejectPolicySet>
{
    public RejectPolicySetRules()
    {
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}
