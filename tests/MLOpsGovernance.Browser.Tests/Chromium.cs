using Microsoft.Playwright;

namespace MLOpsGovernance.Browser.Tests;

/// <summary>A headless browser of this machine. Where there is none the test is skipped, except on the build server.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    public static async Task<Chromium> StartAsync()
    {
        var path = new[] { Environment.GetEnvironmentVariable("CHROMIUM_PATH"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipUnless(path is not null || Environment.GetEnvironmentVariable("CI") == "true", "There is no Chromium here; name one by CHROMIUM_PATH.");
        var playwright = await Playwright.CreateAsync();
        // Without a path Playwright looks for its own browser and says so when it is missing.
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Quiet }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
