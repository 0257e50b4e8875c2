using System.Globalization;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using MLOpsGovernance.Server.Hosting;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>
/// A real OpenID provider (OpenIddict) on a port of this machine: discovery, keys and token endpoint over HTTP. It believes whoever asks: what stands in a
/// token is said by the test that asks for it. Started again on the same port with another key, it is the same issuer after a rotation.
/// </summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    /// <summary>The audience that the governance server expects, and the client through which people sign in.</summary>
    public const string Audience = "mlops-governance", Portal = "portal";

    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private int _keysAsked;

    private IdentityProvider(WebApplication app, int port, Visitor visitor)
    {
        (_app, Port, Browser) = (app, port, visitor);
        _client = new() { BaseAddress = Address };
    }

    public int Port { get; }

    /// <summary>Who sits at the browser that is sent here to sign in, and what the provider says of them.</summary>
    public Visitor Browser { get; }

    public Uri Address => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/");

    /// <summary>How often somebody asked for its keys.</summary>
    public int KeysAsked => _keysAsked;

    public static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    /// <param name="port">Free by default.</param>
    /// <param name="time">The provider's clock: what it says is when its tokens begin and end.</param>
    /// <param name="issuer">By default the provider's own address.</param>
    public static async Task<IdentityProvider> StartAsync(RsaSecurityKey key, int? port = null, TimeProvider? time = null, Uri? issuer = null)
    {
        var on = port ?? LoopbackPort.Free();
        var visitor = new Visitor();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{on.ToString(CultureInfo.InvariantCulture)}");
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().SetTokenEndpointUris("token").AllowPasswordFlow().AllowClientCredentialsFlow();
            server.SetAuthorizationEndpointUris("authorize").SetEndSessionEndpointUris("end-session").AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Profile);
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(_ => default));
            server.AddEventHandler<ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(_ => default));
            server.AddEventHandler<HandleEndSessionRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                context.SignOut();
                return default;
            }));
            server.AddEphemeralEncryptionKey().AddSigningKey(key).DisableAccessTokenEncryption().Configure(options => options.TimeProvider = time ?? TimeProvider.System);
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(_ => default));
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(Issue));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context => Authorize(context, visitor)));
            if (issuer is not null) server.SetIssuer(issuer);
            server.UseAspNetCore().DisableTransportSecurityRequirement();
        });
        var app = builder.Build();
        var provider = new IdentityProvider(app, on, visitor);
        app.Use((context, next) =>
        {
            if (context.Request.Path == "/.well-known/jwks") Interlocked.Increment(ref provider._keysAsked);
            return next(context);
        });
        app.UseAuthentication();
        await app.StartAsync();
        // What it answers first takes a busy machine longer than the service waits for a provider.
        foreach (var path in (string[])[".well-known/openid-configuration", ".well-known/jwks"]) await provider._client.GetStringAsync(new Uri(path, UriKind.Relative));
        return provider;
    }

    /// <summary>The access token of a person who signed in.</summary>
    public Task<string> TokenAsync(string subject, string[]? roles = null, string audience = Audience, string claim = "roles", (string Name, string Value)? also = null) => AskAsync(new()
    {
        ["grant_type"] = GrantTypes.Password,
        ["client_id"] = Portal,
        ["username"] = subject,
        ["password"] = "believed",
        ["for_audience"] = audience,
        ["for_claim"] = claim,
        ["for_values"] = string.Join(' ', roles ?? []),
        ["also_claim"] = also?.Name ?? "",
        ["also_value"] = also?.Value ?? "",
    });

    /// <summary>The access token that a program gets for itself.</summary>
    public Task<string> ProgramTokenAsync(string client, params string[] roles) => AskAsync(new()
    {
        ["grant_type"] = GrantTypes.ClientCredentials,
        ["client_id"] = client,
        ["client_secret"] = "believed",
        ["for_audience"] = Audience,
        ["for_claim"] = "roles",
        ["for_values"] = string.Join(' ', roles),
    });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<string> AskAsync(Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var answer = await _client.PostAsync("token", content, TestContext.Current.CancellationToken);
        var json = await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        return json?["access_token"]?.GetValue<string>() ?? throw new InvalidOperationException($"The provider gave no token: {json?.ToJsonString()}");
    }

    private static ValueTask Authorize(HandleAuthorizationRequestContext context, Visitor visitor)
    {
        if (visitor.Subject is null)
        {
            context.Reject(Errors.AccessDenied, "The visitor went away.");
            return default;
        }

        var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, visitor.Subject).SetClaim(Claims.Name, visitor.Name);
        if (visitor.Groups.Count > 0) identity.SetClaims(visitor.Claim, [.. visitor.Groups]);
        identity.SetScopes(context.Request.GetScopes()).SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        context.SignIn(new ClaimsPrincipal(identity));
        return default;
    }

    private static ValueTask Issue(HandleTokenRequestContext context)
    {
        var request = context.Request;
        if (request.IsAuthorizationCodeGrantType())
        {
            context.SignIn(context.Principal!);
            return default;
        }

        string Said(string parameter) => (string?)request[parameter] ?? "";

        var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, request.IsPasswordGrantType() ? request.Username : request.ClientId);
        if (Said("for_values") is { Length: > 0 } values) identity.SetClaims(Said("for_claim"), [.. values.Split(' ')]);
        if (Said("also_claim") is { Length: > 0 } name) identity.SetClaim(name, Said("also_value"));
        identity.SetResources(Said("for_audience")).SetDestinations(static _ => [Destinations.AccessToken]);
        context.SignIn(new ClaimsPrincipal(identity));
        return default;
    }
}

/// <summary>Whoever sits at the browser.</summary>
internal sealed class Visitor
{
    public string? Subject { get; set; }

    public string? Name { get; set; }

    public string Claim { get; set; } = "roles";

    public IReadOnlyList<string> Groups { get; set; } = [];
}
