using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.SignIn;

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder people)
    {
        people.MapPost("/sign-in/development", async ([FromForm] string? role, [FromForm] string? subject, [FromForm] string? to, HttpContext context) =>
        {
            var who = string.IsNullOrWhiteSpace(subject) ? role : subject.Trim();
            if (!DevelopmentTokens.HoldHere(context)) return Results.NotFound();
            if (role is null || role == Roles.Pipeline || !Roles.All.Contains(role, StringComparer.Ordinal)) return Back("role", to);
            if (!Name.IsSubject(who) || Name.IsMachine(who!)) return Back("subject", to);
            await Sessions.BeginAsync(context, new([new("sub", who!), new("role", role)], Authentication.Development, "sub", "role"));
            return Results.LocalRedirect(Sessions.Safe(to));
        }).AllowAnonymous();
        people.MapGet("/sign-in/provider", async (string? to, HttpContext context, IAuthenticationSchemeProvider schemes, ILoggerFactory logs) =>
        {
            if (await schemes.GetSchemeAsync(Sessions.Provider) is null) return Results.NotFound();
            try
            {
                await context.ChallengeAsync(Sessions.Provider, new() { RedirectUri = Sessions.Safe(to) });
                return Results.Empty;
            }
            catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException && !context.Response.HasStarted)
            {
                logs.CreateLogger(typeof(SignInEndpoints)).LogWarning(e, "The identity provider cannot be reached, so nobody can sign in with it");
                return Back("away", to);
            }
        }).AllowAnonymous();
        people.MapPost("/sign-out", async ([FromForm(Name = "everywhere")] string? everywhere, ClaimsPrincipal user, IAuthenticationSchemeProvider schemes) =>
            user.Identity?.AuthenticationType == Sessions.Provider && everywhere is not null && await schemes.GetSchemeAsync(Sessions.Provider) is not null
                ? Results.SignOut(new() { RedirectUri = "/sign-in?out=1" }, [Sessions.Scheme, Sessions.Provider])
                : Results.SignOut(new() { RedirectUri = "/sign-in?out=1" }, [Sessions.Scheme])).AllowAnonymous();
    }

    private static IResult Back(string failed, string? to) => Results.LocalRedirect($"/sign-in?failed={failed}&to={Uri.EscapeDataString(Sessions.Safe(to))}");
}
