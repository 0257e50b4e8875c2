using System.Security.Claims;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.Subjects;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>Turns what a credential proves into the actor of the rules. Claims grant a few roles only; the rest comes from grants that are events.</summary>
internal static class CallerIdentity
{
    public const int MostKey = 128;

    public static void UseCallerIdentity(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.User.Identity is { IsAuthenticated: true })
        {
            var caller = context.RequestServices.GetRequiredService<Caller>();
            await IdentifyAsync(caller, context.User, context.RequestServices);
            caller.Correlation = Header(context, "X-Correlation-Id") ?? System.Diagnostics.Activity.Current?.TraceId.ToHexString();
            caller.IdempotencyKey = Header(context, "Idempotency-Key");
            caller.Precondition = EntityTags.Demanded(context.Request);
        }

        await next(context);
    });

    /// <exception cref="BadRequestException">The credential's subject can be nobody's here.</exception>
    public static async Task IdentifyAsync(Caller caller, ClaimsPrincipal user, IServiceProvider services)
    {
        var people = services.GetRequiredService<People>();
        var subject = user.FindFirstValue("sub") ?? "";
        var scheme = user.Identity!.AuthenticationType;
        if (!Name.IsSubject(subject)) throw new BadRequestException(401, "invalid-subject", $"The token's subject cannot be used: a subject is {Name.SubjectRule}.");
        // An issuer that lets people choose their names would else let them act as a pipeline's key, or as the service itself.
        if (scheme != Authentication.ApiKey && Name.IsMachine(subject))
            throw new BadRequestException(401, "invalid-subject", "The token's subject cannot be used: 'key:' and 'system:' begin the names of the machines of the service, and no person signs in under one.");

        switch (scheme)
        {
            case Authentication.ApiKey:
                caller.Actor = new(subject, false, [Roles.Pipeline], user.FindFirstValue("owner"));
                caller.Scope = new([.. user.FindAll("scope-team").Select(c => c.Value)], [.. user.FindAll("scope-environment").Select(c => c.Value)]);
                return;
            case Authentication.Development:
                var role = user.FindFirstValue("role")!;
                caller.Actor = new(subject, role != Roles.Pipeline, [role]);
                break;
            default:
                var claimed = services.GetRequiredService<RoleClaims>().Of(user);
                var granted = await people.GrantedAsync(subject);
                caller.Actor = new(subject, IsPerson(user), [.. claimed.Concat(granted).Distinct(StringComparer.Ordinal)]);
                break;
        }

        if (caller.Actor.Human) await people.SignedInAsync(subject);
    }

    /// <summary>Tokens that a program got for itself (client credentials) say so in one of these ways.</summary>
    private static bool IsPerson(ClaimsPrincipal user) =>
        user.FindFirstValue("gty") != "client-credentials" && user.FindFirstValue("idtyp") != "app"
        && user.FindFirstValue("preferred_username")?.StartsWith("service-account-", StringComparison.Ordinal) is not true
        && (user.FindFirstValue("client_id") ?? user.FindFirstValue("azp")) != user.FindFirstValue("sub");

    private static string? Header(HttpContext context, string name)
    {
        if (context.Request.Headers[name].ToString() is not { Length: > 0 } value) return null;
        return value.Length <= MostKey && value.All(c => c is > ' ' and <= '~')
            ? value
            : throw new BadRequestException(400, "invalid-header", $"{name} is 1 to {MostKey} visible ASCII characters.");
    }
}

/// <summary>The service cannot start as it is configured; the message says what to do. No stack is printed.</summary>
internal sealed class StartupException(string message) : Exception(message);
