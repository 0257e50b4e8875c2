using System.Collections.Concurrent;
using MLOpsGovernance.Server.Tests;

namespace MLOpsGovernance.Browser.Tests.Hosting;

/// <summary><c>/docs</c> in a browser that can reach this server and nothing else.</summary>
public sealed class TheApiReference(Database database, Browser browser)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Shows_the_API_and_asks_nobody_else(int width)
    {
        var page = await browser.OpenAsync(width);
        await using var server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(TheApiReference)));
        var (errors, elsewhere) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        page.Console += (_, message) => { if (message.Type == "error") errors.Add(message.Text); };
        page.PageError += (_, error) => errors.Add(error);
        page.Request += (_, request) =>
        {
            if (Uri.TryCreate(request.Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Authority != server.Address.Authority) elsewhere.Add(request.Url);
        };
        page.RequestFailed += (_, request) => errors.Add($"{request.Url}: {request.Failure}");

        await page.GotoAsync(new Uri(server.Address, "/docs").ToString());
        await page.GetByText("Form a team").First.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached, Timeout = 30_000 });
        await page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);

        (await page.TitleAsync()).ShouldBe("MLOpsGovernance API");
        (await page.GetByText("Policy checks").CountAsync()).ShouldBeGreaterThan(0);
        // Nothing hangs over the edge of a telephone.
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        elsewhere.ShouldBeEmpty();
        errors.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }
}
