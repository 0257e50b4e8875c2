using System.Reflection;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using MLOpsGovernance.Server.Ui;

namespace MLOpsGovernance.Browser.Tests.Ui;

/// <summary>What holds for every page, those of later included: pages are found by their routes.</summary>
public sealed class EveryPage(Site site) : IClassFixture<Site>
{
    /// <summary>With what pages that have parameters are opened. A page that is missing here fails its test.</summary>
    private Dictionary<string, string> Samples => new(StringComparer.Ordinal)
    {
        ["/models/{Name}"] = "/models/credit",
        ["/models/{Name}/versions/{Version:int}"] = "/models/credit/versions/1",
        ["/audit/events/{Id}"] = $"/audit/events/{site.Event}",
        ["/datasets/{Name}"] = "/datasets/iris",
        ["/teams/{Name}"] = "/teams/flowers",
        ["/environments/{Name}"] = "/environments/production",
        ["/waivers/{Id}"] = $"/waivers/{site.Waiver}",
        ["/decisions/{Id}"] = $"/decisions/{site.Decision}",
    };

    /// <summary>Parts of pages that have an address of their own.</summary>
    private static readonly string[] Parts = ["/models?q=cre", "/models?q=no-such-model", "/models/credit?tab=findings", "/models/credit?tab=deployments", "/models/credit?tab=history", "/models/unknown", "/audit?text=credit&from=2020-01-01", "/audit?type=no-such-type", "/datasets?team=unknown", "/datasets/iris?tab=history", "/teams/flowers?tab=history", "/waivers?state=expired", "/tasks?overdue=true"];

    public static TheoryData<string> All => [.. PagePermission.Pages.SelectMany(p => p.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template).Concat(Parts).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Is_for_everybody(string route)
    {
        var path = route.Contains('{', StringComparison.Ordinal) ? Samples.GetValueOrDefault(route) ?? throw new InvalidOperationException($"{route} needs a sample address in {nameof(Samples)}.") : route;
        foreach (var width in (int[])[1280, 390])
        {
            await using var window = await site.OpenAsync("administrator:root", width);
            await window.GoAsync(path);
            (await window.WidthAsync()).ShouldBeLessThanOrEqualTo(width, $"at {width} the page scrolls sideways");
            (await window.Page.TitleAsync()).ShouldEndWith("MLOpsGovernance");
            (await window.Page.Locator("h1").CountAsync()).ShouldBe(1, "a page has one main heading");
            foreach (var (scheme, mode) in (IEnumerable<(ColorScheme, string)>)[(ColorScheme.Light, "light"), (ColorScheme.Dark, "dark")])
            {
                await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await window.Page.Locator($":root[data-mode={mode}]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
                var found = await window.Page.RunAxe();
                found.Violations.Where(v => v.Impact is "serious" or "critical" or "moderate")
                    .Select(v => $"{v.Id} ({width}, {mode}): {v.Help} — {string.Join(" | ", v.Nodes.Take(5).Select(n => n.Html))}").ShouldBeEmpty();
            }

            window.Faults.ShouldBeEmpty();
            window.Hosts.ShouldBe([site.Server.Address.Authority]);
        }
    }

    [Fact]
    public async Task Lets_the_keyboard_skip_to_its_content_and_shows_where_it_is()
    {
        await using var window = await site.OpenAsync("contributor:ann");
        await window.GoAsync("/models");
        await window.Page.EvaluateAsync("document.activeElement.blur()");
        await window.Page.Keyboard.PressAsync("Tab");
        var skip = window.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync();
        (await skip.EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle")).ShouldBe("solid");
        await window.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator("#content")).ToBeFocusedAsync();
        new Uri(window.Page.Url).AbsolutePath.ShouldBe("/models");
    }

    [Fact]
    public async Task Costs_a_first_visit_less_than_a_mebibyte()
    {
        await using var window = await site.OpenAsync("contributor:ann");
        var session = await window.Context.NewCDPSessionAsync(window.Page);
        await session.SendAsync("Network.enable");
        double bytes = 0;
        session.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
        await window.GoAsync("/models");
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        bytes.ShouldBeInRange(10_000, 1024 * 1024);
    }
}
