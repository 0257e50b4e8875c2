using Microsoft.Playwright;
using MLOpsGovernance.Server.Tests;
using MLOpsGovernance.Server.Tests.Hosting;

namespace MLOpsGovernance.Browser.Tests.SignIn;

/// <summary>A server as in production, and a real OpenID provider: code flow with PKCE, through a real browser.</summary>
public sealed class SigningInWithTheProvider(Database database) : IAsyncLifetime
{
    private readonly ForwardClock _clock = new();
    private Chromium _chromium = null!;
    private IdentityProvider _provider = null!;
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _chromium = await Chromium.StartAsync();
        _provider = await IdentityProvider.StartAsync(IdentityProvider.NewKey("first"));
        _server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(SigningInWithTheProvider)), _clock,
            ("environment", "Production"), ("Authentication:Authority", _provider.Address.ToString()), ("Authentication:Audience", IdentityProvider.Audience),
            ("Authentication:RoleClaim", "groups"), ("Authentication:RoleMapping:engineering-lead", "ml-leads, platform-leads"), ("Authentication:RoleMapping:administrator", "admins"),
            ("Identity:FirstAdministrator", "root"), ("Audit:LogKey", ProvidedServer.LogKey), ("Audit:VerdictKey", ProvidedServer.VerdictKey));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_provider is not null) await _provider.DisposeAsync();
        if (_chromium is not null) await _chromium.DisposeAsync();
    }

    [Fact]
    public async Task Goes_to_the_provider_and_back_to_the_page_that_was_asked_for()
    {
        (_provider.Browser.Subject, _provider.Browser.Name, _provider.Browser.Claim, _provider.Browser.Groups) = ("u-4711", "Lea Lead", "groups", ["ml-leads", "admins", "viewer"]);
        await using var window = await OpenAsync();
        await window.GoAsync("/models?q=x");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with your organisation" }).ClickAsync();
        await window.Page.GetByLabel("Signed in as u-4711").WaitForAsync();
        new Uri(window.Page.Url).PathAndQuery.ShouldBe("/models?q=x");

        // The group is mapped by configuration; a role that only grants give is not given by any group.
        await window.Page.GetByLabel("Signed in as u-4711").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".who-menu")).ToContainTextAsync("engineering-lead");
        await Assertions.Expect(window.Page.Locator(".who-menu")).Not.ToContainTextAsync("administrator");
        var cookie = (await window.Context.CookiesAsync()).Single(c => c.Name == "mlgov-session");
        (cookie.Secure, cookie.HttpOnly, cookie.SameSite).ShouldBe((true, true, SameSiteAttribute.Lax));
        window.Faults.ShouldBeEmpty();

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("You are signed out of this service.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Says_so_when_the_provider_does_not_sign_somebody_in()
    {
        _provider.Browser.Subject = null;
        await using var window = await OpenAsync();
        await window.GoAsync("/");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with your organisation" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The identity provider did not sign you in");
    }

    [Fact]
    public async Task Signs_nobody_in_under_the_name_of_a_machine()
    {
        _provider.Browser.Subject = "key:stolen";
        await using var window = await OpenAsync();
        await window.GoAsync("/");
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with your organisation" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nobody can be signed in under that name");
    }

    [Fact]
    public async Task Offers_no_development_roles()
    {
        await using var window = await OpenAsync();
        await window.GoAsync("/sign-in");
        await Assertions.Expect(window.Page.GetByText("For development")).ToHaveCountAsync(0);
        var answer = await window.Page.APIRequest.PostAsync("/sign-in/development", new() { Form = window.Context.APIRequest.CreateFormData().Set("role", "administrator") });
        answer.Status.ShouldBeOneOf(400, 404);
    }

    private async Task<Window> OpenAsync() => await Window.OfAsync(await _chromium.Browser.NewContextAsync(new() { BaseURL = _server.Address.ToString() }));
}
