using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Tests.Requests;
using static MLOpsGovernance.Server.Tests.Storage.LocalPostgresTest;

namespace MLOpsGovernance.Server.Tests.Hosting;

/// <summary>Keys are rotated and providers have outages; the server is told of neither.</summary>
public sealed class AnIdentityProviderThatChanges(Database database)
{
    /// <summary>Longer than the server waits after a question that was not answered.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Is_followed_when_it_rotates_its_key()
    {
        var (first, second, third) = (IdentityProvider.NewKey("first"), IdentityProvider.NewKey("second"), IdentityProvider.NewKey("third"));
        var provider = await IdentityProvider.StartAsync(first);
        await using var server = await StartAsync(provider);
        var old = await provider.TokenAsync("ann", [Roles.Contributor]);
        (await server.As(old).GetJsonAsync("/me")).Status.ShouldBe(200);

        foreach (var key in new[] { second, third })
        {
            await provider.DisposeAsync();
            provider = await IdentityProvider.StartAsync(key, provider.Port);
            var token = await provider.TokenAsync("ann", [Roles.Contributor]);
            // At once, not at the second try: nobody is told that a good token is bad.
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.As(token).GetJsonAsync("/me")));
            answers.ShouldAllBe(answer => answer.Status == 200);
        }

        // What the provider has withdrawn is worth nothing any more.
        BadInput.Explained(await server.As(old).GetJsonAsync("/me"), "a token of the first key", 401, "unauthenticated");
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task Is_missed_only_for_keys_not_yet_known_while_it_is_away()
    {
        var (first, second) = (IdentityProvider.NewKey("first"), IdentityProvider.NewKey("second"));
        var provider = await IdentityProvider.StartAsync(first);
        await using var server = await StartAsync(provider);
        var known = await provider.TokenAsync("ann", [Roles.Contributor]);
        var lateButKnown = await provider.TokenAsync("bob", [Roles.Contributor]);
        (await server.As(known).GetJsonAsync("/me")).Status.ShouldBe(200);
        await provider.DisposeAsync();
        string unknown;
        await using (var rotated = await IdentityProvider.StartAsync(second, provider.Port)) unknown = await rotated.TokenAsync("ann", [Roles.Contributor]);

        for (var i = 0; i < 5; i++) await UnavailableAsync(server, unknown);
        await World.Must(201, server.As(known).PostJsonAsync("/teams", new { name = "meanwhile" }));
        (await server.As(lateButKnown).GetJsonAsync("/me")).Status.ShouldBe(200);
        BadInput.Explained(await server.As(known + "x").GetJsonAsync("/me"), "a forged token of a known key", 401, "unauthenticated");
        BadInput.Explained(await server.As("garbage").GetJsonAsync("/me"), "what no provider is needed to judge", 401, "unauthenticated");

        await using var back = await IdentityProvider.StartAsync(second, provider.Port);
        await UntilAsync(async () => (await server.As(unknown).GetJsonAsync("/me")).Status == 200, Soon);
    }

    [Fact]
    public async Task Is_not_flooded_by_tokens_of_invented_keys()
    {
        await using var provider = await IdentityProvider.StartAsync(IdentityProvider.NewKey("first"));
        await using var server = await StartAsync(provider);
        (await server.As(await provider.TokenAsync("ann", [Roles.Contributor])).GetJsonAsync("/me")).Status.ShouldBe(200);
        var asked = provider.KeysAsked;
        await using var other = await IdentityProvider.StartAsync(IdentityProvider.NewKey("invented"), issuer: provider.Address);
        var invented = await other.TokenAsync("ann", [Roles.Contributor]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => server.As(invented).GetJsonAsync("/me")));

        foreach (var answer in answers) BadInput.Explained(answer, "a token of an invented key", 401, "unauthenticated");
        (provider.KeysAsked - asked).ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task Need_not_be_there_when_the_server_starts()
    {
        var key = IdentityProvider.NewKey("first");
        var provider = await IdentityProvider.StartAsync(key);
        var token = await provider.TokenAsync("ann", [Roles.Contributor]);
        await provider.DisposeAsync();
        await using var server = await StartAsync(provider);
        await UnavailableAsync(server, token);

        await using var late = await IdentityProvider.StartAsync(key, provider.Port);
        await UntilAsync(async () => (await server.As(token).GetJsonAsync("/me")).Status == 200, Soon);
    }

    [Fact]
    public async Task Names_the_roles_in_the_claim_that_is_configured()
    {
        await using var provider = await IdentityProvider.StartAsync(IdentityProvider.NewKey("first"));
        await using var server = await StartAsync(provider, ("Authentication:RoleClaim", "groups"));
        var inGroups = (await server.As(await provider.TokenAsync("ann", [Roles.Contributor, Roles.ModelValidator], claim: "groups")).GetJsonAsync("/me")).Json!;
        inGroups["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe([Roles.Contributor]);
        var elsewhere = (await server.As(await provider.TokenAsync("ann", [Roles.Contributor], claim: "roles")).GetJsonAsync("/me")).Json!;
        elsewhere["roles"]!.AsArray().ShouldBeEmpty();
    }

    private async Task<RunningServer> StartAsync(IdentityProvider provider, params (string Key, string Value)[] settings) =>
        await ProvidedServer.StartAsync(await database.NewDatabaseAsync(nameof(AnIdentityProviderThatChanges)), provider.Address, settings);

    private static async Task UnavailableAsync(RunningServer server, string token)
    {
        using var client = server.As(token);
        using var response = await client.GetAsync("/api/v1/me", Token);
        BadInput.Explained(await response.AnswerAsync(), "a token of a key that cannot be had", 503, "identity-provider-unavailable");
        response.Headers.RetryAfter.ShouldNotBeNull();
    }
}
