namespace MLOpsGovernance.Domain;

/// <summary>Who acts. <paramref name="Owner"/> is the person who answers for the credential used (an API key's owner); it counts wherever the subject counts.</summary>
/// <param name="Subject">A pseudonymous subject id, never an e-mail address.</param>
/// <param name="Human">True only for someone who signed in as a person; a credential never makes its caller human.</param>
/// <param name="Roles">The roles in force for this act.</param>
/// <param name="Owner">The person behind a machine's credential, if there is one.</param>
public sealed record Actor(string Subject, bool Human, IReadOnlyList<string> Roles, string? Owner = null)
{
    /// <summary>The service itself, as at its birth. It holds no role and answers to no person.</summary>
    public bool IsSystem => this is { Human: false, Owner: null, Roles.Count: 0 } && Subject.StartsWith(Name.System, StringComparison.Ordinal);

    public bool Holds(string role) => Roles.Contains(role, StringComparer.Ordinal);

    public bool HoldsAny(IEnumerable<string> roles) => roles.Any(Holds);

    /// <summary>Everyone who stands behind this act: the caller and the owner of the credential.</summary>
    public IEnumerable<string> Parties => Owner is null ? [Subject] : [Subject, Owner];
}
