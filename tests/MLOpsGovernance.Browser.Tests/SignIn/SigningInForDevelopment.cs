using Microsoft.Playwright;

namespace MLOpsGovernance.Browser.Tests.SignIn;

public sealed class SigningInForDevelopment(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("viewer")]
    [InlineData("contributor")]
    [InlineData("model-validator")]
    [InlineData("ai-risk-officer")]
    [InlineData("chief-risk-officer")]
    [InlineData("compliance-officer")]
    [InlineData("engineering-lead")]
    [InlineData("executive")]
    [InlineData("administrator")]
    public async Task Makes_somebody_who_they_choose_to_be(string role)
    {
        await using var window = await site.OpenAsync();
        await window.GoAsync("/");
        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/sign-in");
        await window.SignInAsync($"{role}:somebody-{role}");
        await window.Page.GetByLabel($"Signed in as somebody-{role}").ClickAsync();
        await Assertions.Expect(window.Page.Locator(".who-menu")).ToContainTextAsync(role);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Home", Exact = true })).ToBeVisibleAsync();
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Leads_to_the_page_that_was_asked_for()
    {
        await using var window = await site.OpenAsync();
        await window.GoAsync("/models?q=cre");
        await window.SignInAsync("viewer:vic");
        new Uri(window.Page.Url).PathAndQuery.ShouldBe("/models?q=cre");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "credit" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Never_leads_to_another_site()
    {
        foreach (var to in (string[])["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/", "javascript:alert(1)"])
        {
            await using var window = await site.OpenAsync();
            await window.GoAsync($"/sign-in?to={Uri.EscapeDataString(to)}");
            await window.SignInAsync("viewer:vic");
            window.Page.Url.ShouldBe(site.Server.Address.ToString());
        }
    }

    [Theory]
    [InlineData("ann@example.org")]
    [InlineData("key:of-a-pipeline")]
    [InlineData("<script>alert(1)</script>")]
    public async Task Says_what_a_name_may_be(string subject)
    {
        await using var window = await site.OpenAsync();
        await window.GoAsync("/sign-in");
        await window.SignInAsync($"viewer:{subject.Replace(":", "", StringComparison.Ordinal)}");
        if (subject.StartsWith("key:", StringComparison.Ordinal)) return;
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("a subject is 1 to 128 characters");
        window.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_when_somebody_signs_out()
    {
        await using var window = await site.OpenAsync();
        await window.GoAsync("/models");
        await window.SignInAsync("viewer:leaver");
        await window.Page.GetByLabel("Signed in as leaver").ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("You are signed out of this service.")).ToBeVisibleAsync();
        await window.GoAsync("/models");
        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Keeps_its_cookie_from_scripts_and_other_sites()
    {
        await using var window = await site.OpenAsync("viewer:vic");
        var cookie = (await window.Context.CookiesAsync()).Single(c => c.Name == "mlgov-session");
        cookie.HttpOnly.ShouldBeTrue();
        cookie.SameSite.ShouldBe(SameSiteAttribute.Lax);
        cookie.Expires.ShouldBe(-1, "it goes with the browser");
    }
}
