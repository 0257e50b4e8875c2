using MediatR;
using MLOpsGovernance.Domain;

namespace MLOpsGovernance.Server.Requests;

/// <summary>A use case that changes something. Endpoints and pages send the same.</summary>
internal interface ICommand<T> : IRequest<Result<T>>, IAimed;

/// <summary>A use case that only reads.</summary>
internal interface IQuery<T> : IRequest<Result<T>>;

internal interface IAimed
{
    /// <summary>The stream that the command is aimed at, so that a refused attempt stays in that history.</summary>
    string Stream { get; }
}

/// <summary>Who may send a request: any of these roles. A request without it is refused to everybody, and a test finds it.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequiresRoleAttribute(params string[] roles) : Attribute
{
    public IReadOnlyList<string> Roles { get; } = roles;
}

/// <summary>Open to everybody who is signed in, whatever the role.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AnyRoleAttribute : Attribute;

/// <summary>Open to contributors and engineering leads of every team: it changes no team's object, or another rule says whose it is to do.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AnyTeamAttribute : Attribute;

/// <summary>Registers something that belongs to a team from then on.</summary>
internal interface IRegistered
{
    string Team { get; }
}

/// <summary>A behaviour can refuse without knowing what it refuses.</summary>
internal interface IRefusable<out TSelf>
{
    static abstract TSelf Refused(Refusal refusal, IReadOnlyDictionary<string, string[]>? errors = null, object? extension = null);

    Refusal? Refusal { get; }
}

/// <summary>An answer, or why there is none.</summary>
/// <param name="Created">Where what was made can be read; makes the answer a 201.</param>
/// <param name="Accepted">Where what was begun can be followed; makes the answer a 202.</param>
/// <param name="Errors">What is wrong with which field; makes the refusal a 400.</param>
/// <param name="Extension">More about the refusal, for programs.</param>
/// <param name="Edition">Of the stream that the answer shows, where it can be edited.</param>
public sealed record Result<T>(
    T? Value, Refusal? Refusal = null, string? Created = null, IReadOnlyDictionary<string, string[]>? Errors = null, object? Extension = null, long? Edition = null, string? Accepted = null)
    : IRefusable<Result<T>>
{
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1000", Justification = "It implements the contract; behaviours call it through that.")]
    public static Result<T> Refused(Refusal refusal, IReadOnlyDictionary<string, string[]>? errors = null, object? extension = null) => new(default, refusal, null, errors, extension);

    public static implicit operator Result<T>(T value) => new(value);

    public static implicit operator Result<T>(Refusal refusal) => Refused(refusal);
}
