using MLOpsGovernance.Domain;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Server.Policies;

/// <summary>What is wrong with a policy set that somebody sent, each fault with its place; goes with the refusal.</summary>
internal sealed record BrokenPolicySet(IReadOnlyList<LoadError> PolicyErrors)
{
    public const string Code = "policy-set-invalid";

    /// <summary>In a sentence, with the place of the first fault.</summary>
    public static Refusal Refusal(PolicySetLoad load) => new(
        Code, load.Errors is [var e, ..] ? $"The policy set cannot be read: {Words(e)}{(load.Errors.Count > 1 ? $" And {load.Errors.Count - 1} more." : "")}" : "The policy set is empty.",
        RefusalKind.Unprocessable);

    /// <summary>A fault with its place.</summary>
    public static string Words(LoadError error) => $"{error.File}({error.Line},{error.Column}): {error.Message}";
}
