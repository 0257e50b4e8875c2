using MLOpsGovernance.Domain;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Policies;

/// <summary>A set that does not load, with everything that is wrong with it.</summary>
internal sealed record UnreadableSet(IReadOnlyList<LoadError> Errors)
{
    private const int MostShown = 50;

    /// <summary>Null where the files load.</summary>
    public static UnreadableSet? Of(IReadOnlyList<PolicyFile> files) => PolicySet.Load(files) is { Set: null, Errors: var errors } ? new(errors) : null;

    public Refusal Refusal => new(
        "policy-set-unreadable", $"The set cannot be read: {Words(Errors[0])}{(Errors.Count > 1 ? $" {Errors.Count - 1} more faults are in loadErrors." : "")}", RefusalKind.Unprocessable);

    public Result<T> As<T>() => Result<T>.Refused(Refusal, null, new { LoadErrors = Errors.Take(MostShown).ToList() });

    public static string Words(LoadError error) => $"{error.File}({error.Line},{error.Column}): {error.Message}";
}
