using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.ApiKeys;
using MLOpsGovernance.Server.SignIn;
using MLOpsGovernance.Server.Storage;
using MLOpsGovernance.Server.Ui;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>Who calls: a person's token from the identity provider, a pipeline's API key, or on a developer's own machine a development token.</summary>
internal static class Authentication
{
    public const string Scheme = "mlgov", Development = "dev", ApiKey = "api-key";

    /// <param name="required">False for steps that serve nobody, such as the migration.</param>
    /// <exception cref="StartupException">Outside Development there is no identity provider.</exception>
    public static void AddIdentity(this WebApplicationBuilder builder, bool required)
    {
        var (authority, audience) = (builder.Configuration["Authentication:Authority"], builder.Configuration["Authentication:Audience"]);
        var provider = !string.IsNullOrWhiteSpace(authority) && !string.IsNullOrWhiteSpace(audience);
        if (required && !provider && !builder.Environment.IsDevelopment())
        {
            throw new StartupException(
                "Outside Development an identity provider is required: set Authentication__Authority to the issuer's address and Authentication__Audience to the audience of its access tokens.");
        }

        Uri? issuer = null;
        if (provider && (!Uri.TryCreate(authority, UriKind.Absolute, out issuer) || (issuer.Scheme != Uri.UriSchemeHttps && !(issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback))))
            throw new StartupException($"Authentication__Authority must be an https address (http on this machine only); it is '{authority}'.");

        var authentication = builder.Services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, null, options => options.ForwardDefaultSelector = context => Choose(context, provider))
            .AddScheme<AuthenticationSchemeOptions, DevelopmentTokens>(Development, null)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyTokens>(ApiKey, null);
        builder.Services.AddSingleton<RoleClaims>();
        builder.AddSessions(authentication);
        if (provider)
        {
            authentication.AddProviderSignIn(builder, issuer!, audience!);
            builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<ProviderKeys>(services, issuer!));
            builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<ProviderKeys>((options, keys) =>
            {
                options.ConfigurationManager = keys;
                options.Events = new()
                {
                    OnMessageReceived = received => PrepareAsync(received, keys),
                    // That a token cannot be judged is no fault of the caller: no 401.
                    OnChallenge = challenge => challenge.AuthenticateFailure is IdentityProviderUnavailableException unavailable ? throw unavailable : Task.CompletedTask,
                };
            });
            authentication.AddJwtBearer(options =>
            {
                options.Audience = audience;
                options.MapInboundClaims = false;
                options.TokenValidationParameters.NameClaimType = "sub";
                options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
            });
        }

        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static async Task PrepareAsync(MessageReceivedContext received, ProviderKeys keys)
    {
        if (Bearer(received.HttpContext) is not { Length: > 0 } token) return;
        try
        {
            await keys.PrepareAsync(new JsonWebToken(token), received.HttpContext.RequestAborted);
        }
        catch (ArgumentException)
        {
            received.Fail("This is not written as a token.");
        }
        catch (IdentityProviderUnavailableException e)
        {
            received.Fail(e);
        }
    }

    private static string Choose(HttpContext context, bool provider)
    {
        if (ForPeople.Asks(context) || PageSetup.IsForLooking(context)) return Sessions.Scheme;
        var token = Bearer(context) ?? "";
        return token.Length == 0 && IsDownload(context.Request) ? Sessions.Scheme
            : token.StartsWith(ApiKeySecrets.Prefix, StringComparison.Ordinal) ? ApiKey
            : token.StartsWith("dev:", StringComparison.Ordinal) || !provider ? Development
            : JwtBearerDefaults.AuthenticationScheme;
    }

    /// <summary>A page of ours links to a file of the API, such as a report. Nothing else of the API is open to a session: no other site can have a browser do anything there.</summary>
    private static bool IsDownload(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Site"] == "same-origin" && request.Headers.Cookie.Count > 0;

    public static string? Bearer(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
}

/// <summary>
/// <c>dev:{role}</c> or <c>dev:{role}:{subject}</c>: in Development only, and only from this machine. Through a proxy, even one on this machine, nobody can tell where the caller is, whatever
/// the headers say.
/// </summary>
internal sealed class DevelopmentTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IHostEnvironment environment)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>What proxies add, and what the framework leaves of it when it has believed it.</summary>
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Original-For", "X-Real-IP"];

    /// <summary>Whether this is Development, and the caller sits at this machine.</summary>
    public static bool HoldHere(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !Forwarding.Any(context.Request.Headers.ContainsKey);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Authentication.Bearer(Context) is not { } token) return Task.FromResult(AuthenticateResult.NoResult());
        if (!environment.IsDevelopment()) return Task.FromResult(AuthenticateResult.Fail("Development tokens hold in Development only."));
        if (!HoldHere(Context))
            return Task.FromResult(AuthenticateResult.Fail("Development tokens hold on this machine only."));
        if (token.Split(':', 3) is not (["dev", var role, .. var rest]) || !Roles.All.Contains(role, StringComparer.Ordinal))
            return Task.FromResult(AuthenticateResult.Fail("A development token is dev:{role} or dev:{role}:{subject}."));

        var subject = rest is [var named] ? named : role;
        if (!Name.IsSubject(subject)) return Task.FromResult(AuthenticateResult.Fail($"A subject is {Name.SubjectRule}."));
        return Task.FromResult(AuthenticateResult.Success(new(new(new ClaimsIdentity([new("sub", subject), new("role", role)], Authentication.Development, "sub", "role")), Authentication.Development)));
    }
}

/// <summary>API keys. Whether a key is live is asked of its own stream at every call, so a revocation holds at once.</summary>
internal sealed class ApiKeyTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Grains grains, ApiKeySecrets secrets, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ApiKeySecrets.Parse(Authentication.Bearer(Context) ?? "") is not var (id, secret)) return AuthenticateResult.Fail("This is not written as a key.");
        var key = (await grains.Of<IApiKeyGrain>(id).Read()).State;
        if (!key.IsLive(time.GetUtcNow()) || !secrets.Matches(secret, key.Hash)) return AuthenticateResult.Fail("The key is unknown, revoked or expired.");

        Claim[] claims =
        [
            new("sub", key.Subject), new("role", Roles.Pipeline), new("owner", key.Owner),
            .. key.Scope.Teams.Select(t => new Claim("scope-team", t)), .. key.Scope.Environments.Select(e => new Claim("scope-environment", e)),
        ];
        return AuthenticateResult.Success(new(new(new ClaimsIdentity(claims, Authentication.ApiKey, "sub", "role")), Authentication.ApiKey));
    }
}
