using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Hosting;

namespace MLOpsGovernance.Server.SignIn;

/// <summary>
/// Signing in with the organisation's OpenID provider: code flow with PKCE. <c>Authentication:ClientId</c> is by default the audience of the access tokens; without
/// <c>Authentication:ClientSecret</c> the server is a public client. <c>Authentication:Scopes</c> is "openid profile" by default.
/// </summary>
internal static class ProviderSignIn
{
    public static void AddProviderSignIn(this AuthenticationBuilder authentication, WebApplicationBuilder builder, Uri issuer, string audience)
    {
        authentication.AddOpenIdConnect(Sessions.Provider, options =>
        {
            var configuration = builder.Configuration.GetSection("Authentication");
            options.SignInScheme = Sessions.Scheme;
            options.Authority = issuer.ToString();
            options.RequireHttpsMetadata = issuer.Scheme == Uri.UriSchemeHttps;
            options.ClientId = configuration["ClientId"] is { Length: > 0 } client ? client : audience;
            options.ClientSecret = configuration["ClientSecret"];
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.MapInboundClaims = false;
            options.SaveTokens = false;
            options.GetClaimsFromUserInfoEndpoint = configuration.GetValue("UserInfo", false);
            options.CallbackPath = "/sign-in/callback";
            options.SignedOutCallbackPath = "/sign-out/callback";
            options.SignedOutRedirectUri = "/sign-in?out=1";
            options.TokenValidationParameters.NameClaimType = "name";
            options.Scope.Clear();
            foreach (var scope in (configuration["Scopes"] ?? "openid profile").Split(' ', StringSplitOptions.RemoveEmptyEntries)) options.Scope.Add(scope);
            foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
            {
                // The answer comes by a link, which carries them; a form of another site does not.
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = builder.Environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            }

            options.Events.OnTicketReceived = received =>
            {
                if (Kept(received.Principal, RoleClaims.Claim(builder.Configuration)) is not { } identity)
                {
                    received.Response.Redirect("/sign-in?failed=subject");
                    received.HandleResponse();
                    return Task.CompletedTask;
                }

                var ends = received.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + received.HttpContext.RequestServices.GetRequiredService<Sessions.SessionLength>().Length;
                received.Principal = new(Sessions.Ending(identity, ends));
                received.ReturnUri = Sessions.Safe(received.ReturnUri);
                return Task.CompletedTask;
            };
            options.Events.OnRemoteFailure = failed =>
            {
                var log = failed.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProviderSignIn));
                log.LogInformation("Somebody could not sign in with the identity provider: {Why}", failed.Failure?.GetType().Name);
                failed.Response.Redirect("/sign-in?failed=provider");
                failed.HandleResponse();
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>The few claims that a session needs, so that the cookie stays small; null where the subject cannot be a person's here.</summary>
    private static ClaimsIdentity? Kept(ClaimsPrincipal? user, string roleClaim)
    {
        if (user?.FindFirstValue("sub") is not { } subject || !Name.IsSubject(subject) || Name.IsMachine(subject)) return null;
        List<Claim> claims = [new("sub", subject), .. user.FindAll(roleClaim).Select(c => new Claim(roleClaim, c.Value)).Take(200)];
        if ((user.FindFirstValue("name") ?? user.FindFirstValue("preferred_username")) is { Length: > 0 and <= 200 } name) claims.Add(new("name", name));
        return new(claims, Sessions.Provider, "sub", roleClaim);
    }
}
