using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Tests.Requests;

namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>Bearer tokens of a real OpenID provider, judged by a server outside Development.</summary>
public sealed class CallingWithAProvidersToken(ProvidedServer provided) : IClassFixture<ProvidedServer>
{
    private const string Somebody = "somebody";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acts_as_the_subject_of_the_token()
    {
        var ann = await provided.AsAsync("ann", Roles.Contributor);
        var myself = (await World.Must(200, ann.GetJsonAsync("/me"))).Json!;
        myself["subject"]!.GetValue<string>().ShouldBe("ann");
        myself["person"]!.GetValue<bool>().ShouldBeTrue();

        await World.Must(201, ann.PostJsonAsync("/teams", new { name = "flowers" }));
        var formed = (await World.Must(200, ann.GetJsonAsync("/audit/events?stream=team:flowers"))).Json!["items"]!.AsArray().ShouldHaveSingleItem()!;
        formed["actor"]!.GetValue<string>().ShouldBe("ann");
        formed["type"]!.GetValue<string>().ShouldBe("team_formed");
    }

    [Fact]
    public async Task Grants_by_claims_only_what_claims_may_grant()
    {
        var mallory = await provided.AsAsync("mallory", [.. Roles.All]);
        RolesOf(await World.Must(200, mallory.GetJsonAsync("/me"))).ShouldBe([Roles.Viewer, Roles.Contributor, Roles.EngineeringLead, Roles.Executive], ignoreOrder: true);

        await World.Must(201, mallory.PostJsonAsync("/teams", new { name = "claims" }));
        await World.Must(201, mallory.PostJsonAsync("/models", new { name = "claimed", team = "claims", purpose = "to be approved by a claim" }));
        await World.Must(201, mallory.PostJsonAsync("/datasets", new { name = "claimed", team = "claims" }));
        await World.Must(201, mallory.PostJsonAsync("/datasets/claimed/versions", new { version = "1", digest = World.Artifact }));
        await World.Must(201, mallory.PostJsonAsync("/models/claimed/versions", new { artifactDigest = World.Artifact, datasets = new[] { new { name = "claimed", version = "1" } }, authors = Array.Empty<string>() }));
        await World.Must(201, mallory.PostJsonAsync("/models/claimed/versions/1/reviews"));
        var zoe = await provided.AsAsync("zoe", [.. Roles.All]);
        foreach (var role in Roles.Approvers)
        {
            Refused(await zoe.PostJsonAsync("/models/claimed/versions/1/approvals", new { outcome = "approved", role, reason = "a claim says that I may" }), $"an approval as {role}", 403, "forbidden");
            Refused(await zoe.PutJsonAsync($"/subjects/zoe/roles/{role}"), $"granting {role} by a claim", 403, "forbidden");
        }
    }

    [Fact]
    public async Task Adds_the_roles_that_were_granted_to_the_subject()
    {
        var root = await provided.AsAsync("root");
        RolesOf(await World.Must(200, root.GetJsonAsync("/me"))).ShouldBe([Roles.Administrator]);
        await World.Must(200, root.PutJsonAsync("/subjects/eve/roles/model-validator", new { reason = "trained" }));

        RolesOf(await World.Must(200, (await provided.AsAsync("eve")).GetJsonAsync("/me"))).ShouldBe([Roles.ModelValidator]);
        RolesOf(await World.Must(200, (await provided.AsAsync("eve", Roles.Viewer)).GetJsonAsync("/me"))).ShouldBe([Roles.Viewer, Roles.ModelValidator]);
    }

    [Fact]
    public async Task Makes_no_person_of_a_program()
    {
        string[] programs =
        [
            await provided.Provider.ProgramTokenAsync("trainer", Roles.Contributor),
            await provided.Provider.TokenAsync("svc-1", [Roles.Contributor], also: ("idtyp", "app")),
            await provided.Provider.TokenAsync("svc-2", [Roles.Contributor], also: ("gty", "client-credentials")),
            await provided.Provider.TokenAsync("svc-3", [Roles.Contributor], also: ("preferred_username", "service-account-trainer")),
        ];
        foreach (var token in programs)
        {
            var program = provided.Server.As(token);
            var myself = (await World.Must(200, program.GetJsonAsync("/me"))).Json!;
            myself["person"]!.GetValue<bool>().ShouldBeFalse(myself.ToJsonString());
            var subject = (await World.Must(200, program.GetJsonAsync($"/subjects/{myself["subject"]!.GetValue<string>()}"))).Json!;
            subject["person"]!.GetValue<bool>().ShouldBeFalse(subject.ToJsonString());
        }
    }

    public static TheoryData<string> Bad => [.. Forgeries.Keys];

    /// <summary>Tokens that must not be believed, each wrong in one thing only.</summary>
    private static Dictionary<string, Func<ProvidedServer, Task<string>>> Forgeries { get; } = new(StringComparer.Ordinal)
    {
        ["is for another audience"] = p => p.Provider.TokenAsync(Somebody, [Roles.Contributor], audience: "another-service"),
        ["is of another issuer that has the same key"] = p => OfAnotherProviderAsync(p.Key),
        ["is of another issuer under the same key id"] = _ => OfAnotherProviderAsync(IdentityProvider.NewKey("first")),
        ["is of another issuer with a key of its own"] = _ => OfAnotherProviderAsync(IdentityProvider.NewKey("another")),
        ["has expired"] = p => AtAsync(p, TimeSpan.FromHours(-2)),
        ["is not valid yet"] = p => Task.FromResult(Signed(p, p.Key, SecurityAlgorithms.RsaSha256, c => c["nbf"] = (long)c["exp"] - 300)),
        ["never expires"] = p => Task.FromResult(Signed(p, p.Key, SecurityAlgorithms.RsaSha256, c => c.Remove("exp"))),
        ["names another subject than was signed"] = async p => Changed(await Valid(p), 1, json => json["sub"] = "root"),
        ["names other roles than were signed"] = async p => Changed(await Valid(p), 1, json => json["roles"] = new JsonArray(Roles.EngineeringLead)),
        ["has a bit of its signature turned"] = async p => Turned(await Valid(p)),
        ["has no signature"] = async p => string.Join('.', [.. (await Valid(p)).Split('.')[..2], ""]),
        ["says that it needs no signature"] = async p => string.Join('.', [.. Changed(await Valid(p), 0, json => json["alg"] = "none").Split('.')[..2], ""]),
        ["says that it needs no signature and has one"] = async p => Changed(await Valid(p), 0, json => json["alg"] = "none"),
        ["uses the public key as a secret"] = p => Task.FromResult(Signed(p, new SymmetricSecurityKey(p.Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "first" }, SecurityAlgorithms.HmacSha256)),
        ["is signed by an unknown key"] = p => Task.FromResult(Signed(p, IdentityProvider.NewKey("invented"), SecurityAlgorithms.RsaSha256)),
        ["is signed by another key under the known id"] = p => Task.FromResult(Signed(p, IdentityProvider.NewKey("first"), SecurityAlgorithms.RsaSha256)),
        ["brings a key of its own"] = p => Task.FromResult(WithItsOwnKey(p)),
        ["is no token"] = _ => Task.FromResult("garbage"),
        ["is three parts of nothing"] = _ => Task.FromResult("a.b.c"),
        ["is three empty parts"] = _ => Task.FromResult(".."),
        ["is very long"] = _ => Task.FromResult(new string('x', 16_000)),
        ["is a development token"] = _ => Task.FromResult("dev:administrator:root"),
        ["is written like an API key"] = _ => Task.FromResult("mlgov_nobody_nothing"),
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task Is_refused_when_the_token(string what)
    {
        (await provided.Server.As(await Valid(provided)).GetJsonAsync("/me")).Status.ShouldBe(200, "the token it is made from is good");

        using var client = new HttpClient { BaseAddress = provided.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await Forgeries[what](provided)}").ShouldBeTrue();
        using var response = await client.SendAsync(request, Token);
        Refused(await response.AnswerAsync(), $"a token that {what}", 401, "unauthenticated");
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic cm9vdDpyb290")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    public async Task Is_asked_for_when_there_is_none(string? header)
    {
        using var client = new HttpClient { BaseAddress = provided.Server.Address };
        if (header is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        using var response = await client.GetAsync("/api/v1/me", Token);
        Refused(await response.AnswerAsync(), header ?? "no header", 401, "unauthenticated");
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ann@example.org")]
    [InlineData("Ann Example")]
    [InlineData("ann/../root")]
    [InlineData("key:0190")]
    [InlineData("system:development")]
    public async Task Is_refused_when_the_subject_cannot_be_one(string? subject)
    {
        var token = Signed(provided, provided.Key, SecurityAlgorithms.RsaSha256, claims =>
        {
            if (subject is null) claims.Remove("sub");
            else claims["sub"] = subject;
        });
        using var client = provided.Server.As(token);
        using var response = await client.GetAsync("/api/v1/me", Token);
        var answer = await response.AnswerAsync();
        Refused(answer, $"the subject '{subject}'", 401, "invalid-subject");
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        if (subject is { Length: > 0 }) answer.Json!.ToJsonString().ShouldNotContain(subject, customMessage: "an address is not repeated");
    }

    private static void Refused(Answer answer, string what, int status, string code)
    {
        BadInput.Explained(answer, what, status, code);
        answer.Json!["subject"].ShouldBeNull();
    }

    private static string[] RolesOf(Answer answer) => [.. answer.Json!["roles"]!.AsArray().Select(r => r!.GetValue<string>())];

    private static Task<string> Valid(ProvidedServer p) => p.Provider.TokenAsync(Somebody, [Roles.Contributor]);

    private static async Task<string> OfAnotherProviderAsync(RsaSecurityKey key)
    {
        await using var another = await IdentityProvider.StartAsync(key);
        return await another.TokenAsync(Somebody, [Roles.Contributor]);
    }

    /// <summary>A token of the same issuer and key, given out at another time.</summary>
    private static async Task<string> AtAsync(ProvidedServer p, TimeSpan away)
    {
        await using var twin = await IdentityProvider.StartAsync(p.Key, time: new FakeTimeProvider(TimeProvider.System.GetUtcNow() + away), issuer: p.Provider.Address);
        return await twin.TokenAsync(Somebody, [Roles.Contributor]);
    }

    /// <summary>A token with the claims of the provider's own, as it could be made by whoever has that key.</summary>
    private static string Signed(ProvidedServer p, SecurityKey key, string algorithm, Action<Dictionary<string, object>>? change = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = p.Provider.Address.ToString(), ["aud"] = IdentityProvider.Audience, ["sub"] = Somebody, ["client_id"] = IdentityProvider.Portal,
            ["roles"] = new[] { Roles.Contributor }, ["iat"] = now, ["exp"] = now + 600,
        };
        change?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor { Claims = claims, SigningCredentials = new(key, algorithm) });
    }

    private static string WithItsOwnKey(ProvidedServer p)
    {
        var own = IdentityProvider.NewKey("own");
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new(own.Rsa.ExportParameters(false)));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["iss"] = p.Provider.Address.ToString(), ["aud"] = IdentityProvider.Audience, ["sub"] = Somebody },
            AdditionalHeaderClaims = new Dictionary<string, object>(StringComparer.Ordinal) { ["jwk"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["kty"] = jwk.Kty, ["n"] = jwk.N, ["e"] = jwk.E } },
            SigningCredentials = new(own, SecurityAlgorithms.RsaSha256),
        });
    }

    private static string Changed(string token, int part, Action<JsonObject> change)
    {
        var parts = token.Split('.');
        var json = JsonNode.Parse(Base64UrlEncoder.Decode(parts[part]))!.AsObject();
        change(json);
        parts[part] = Base64UrlEncoder.Encode(json.ToJsonString());
        return string.Join('.', parts);
    }

    private static string Turned(string token)
    {
        var parts = token.Split('.');
        var signature = Base64UrlEncoder.DecodeBytes(parts[2]);
        signature[^1] ^= 1;
        return string.Join('.', parts[0], parts[1], Base64UrlEncoder.Encode(signature));
    }
}
