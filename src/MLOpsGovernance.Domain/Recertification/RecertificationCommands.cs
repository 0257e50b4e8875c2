using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Subjects;

namespace MLOpsGovernance.Domain.Recertification;

/// <param name="CallerInTeam">Whether the caller, or the owner of the credential, is a member of the owning team; looked up, never claimed.</param>
public sealed record RecertifyModel(bool StillInUse, Sealed? Reason, bool CallerInTeam) : ModelCommand;

public sealed record RecertifyRole(string Subject, string Role, Sealed? Reason) : SubjectCommand;
