using System.Net;
using System.Text.RegularExpressions;
using MLOpsGovernance.Server.Tests.Hosting;

namespace MLOpsGovernance.Server.Tests.SignIn;

/// <summary>A session is for pages. It lets no other site, and no form of one, have a browser do anything.</summary>
public sealed partial class WhatASessionOpens(ServerForAll all) : IClassFixture<ServerForAll>
{
    [Fact]
    public async Task Is_pages_and_nothing_that_changes_something()
    {
        using var ann = await SignedInAsync("contributor", "ann");
        using var home = await ann.GetAsync("/models", TestContext.Current.CancellationToken);
        home.StatusCode.ShouldBe(HttpStatusCode.OK);

        foreach (var site in (string?[])[null, "same-origin", "same-site", "cross-site", "none"])
        {
            (await ann.CallWithAsync("POST", "/teams", new { name = "stolen" }, site is null ? [] : [("Sec-Fetch-Site", site)])).Status.ShouldBe(401, site);
            (await ann.CallWithAsync("GET", "/models", null, site is null ? [] : [("Sec-Fetch-Site", site)])).Status.ShouldBe(site == "same-origin" ? 200 : 401, site);
        }

        // A token counts, whoever's session goes along.
        var mixed = await ann.CallWithAsync("GET", "/me", null, ("Authorization", "Bearer dev:viewer:vic"), ("Sec-Fetch-Site", "same-origin"));
        mixed.Text("subject").ShouldBe("vic");
    }

    [Fact]
    public async Task Begins_with_a_form_of_ours_only()
    {
        using var client = Browser();
        using var bare = new FormUrlEncodedContent([new("role", "administrator")]);
        using var answer = await client.PostAsync("/sign-in/development", bare, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("2001:db8::7")]
    public async Task Is_nothing_on_another_machine_while_it_was_chosen_for_development(string address)
    {
        using var client = Browser();
        client.DefaultRequestHeaders.Add(ServerForAll.From, address);
        (await client.GetStringAsync("/sign-in", TestContext.Current.CancellationToken)).ShouldNotContain("whom do you want to be");

        using var ann = await SignedInAsync("contributor", "ann");
        ann.DefaultRequestHeaders.Add(ServerForAll.From, address);
        using var models = await ann.GetAsync("/models", TestContext.Current.CancellationToken);
        models.StatusCode.ShouldBe(HttpStatusCode.Found);
        models.Headers.Location!.PathAndQuery.ShouldBe("/sign-in?to=%2Fmodels");
    }

    [Fact]
    public async Task Is_shown_in_no_frame_and_runs_no_script_but_ours()
    {
        using var client = Browser();
        using var page = await client.GetAsync("/sign-in", TestContext.Current.CancellationToken);
        var policy = page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe-eval");
        page.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var data = await client.GetAsync("/healthz/live", TestContext.Current.CancellationToken);
        data.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; frame-ancestors 'none'"]);
    }

    [Fact]
    public async Task Shows_a_page_where_a_person_looked_and_a_problem_where_a_program_did()
    {
        using var ann = await SignedInAsync("contributor", "ann");
        using var looked = new HttpRequestMessage(HttpMethod.Get, "/no-such-page");
        looked.Headers.Add("Accept", "text/html");
        using var page = await ann.SendAsync(looked, TestContext.Current.CancellationToken);
        (page.StatusCode, page.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.NotFound, "text/html"));
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("There is nothing here");

        using var program = all.Server.As("dev:viewer");
        (await program.GetOutsideAsync("/no-such-page")).Code.ShouldBe("not-found");
    }

    private HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = all.Server.Address };

    private async Task<HttpClient> SignedInAsync(string role, string subject)
    {
        var client = Browser();
        var token = Token().Match(await client.GetStringAsync("/sign-in")).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("role", role), new("subject", subject), new("to", "/")]);
        using var answer = await client.PostAsync("/sign-in/development", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        return client;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
