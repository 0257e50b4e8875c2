using System.Collections.Concurrent;
using Microsoft.Playwright;
using MLOpsGovernance.Server.Tests;

namespace MLOpsGovernance.Browser.Tests.Docs;

public sealed class ReadingTheApiReference(Database database) : IAsyncLifetime
{
    private Chromium _chromium = null!;
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _chromium = await Chromium.StartAsync();
        _server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(ReadingTheApiReference)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_chromium is not null) await _chromium.DisposeAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Works_without_errors_and_asks_no_other_host(int width)
    {
        await using var context = await _chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 800 } });
        var page = await context.NewPageAsync();
        ConcurrentQueue<string> requests = [], faults = [];
        page.Request += (_, request) => requests.Enqueue(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") faults.Enqueue($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => faults.Enqueue(error);

        await page.GotoAsync(new Uri(_server.Address, "/docs").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "MLOpsGovernance" }).First.WaitForAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Heading, new() { Name = "Form a team" }).First.WaitForAsync(new() { Timeout = 30_000 });
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        faults.ShouldBeEmpty();
        requests.Count(url => url.EndsWith("/openapi/v1.json", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        requests.Select(url => new Uri(url)).Where(url => url.Scheme is not ("data" or "blob")).Select(url => url.Authority).Distinct().ShouldBe([_server.Address.Authority]);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, "the page scrolls sideways");
    }
}
