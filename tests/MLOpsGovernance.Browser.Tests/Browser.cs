using Microsoft.Playwright;
using MLOpsGovernance.Browser.Tests;

[assembly: AssemblyFixture(typeof(Browser))]

namespace MLOpsGovernance.Browser.Tests;

/// <summary>One headless Chromium for all tests: that of <c>CHROMIUM</c>, else the system's own. Nothing is downloaded.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given ? given : Places.FirstOrDefault(File.Exists);

    /// <summary>A fresh page of that width. Without a browser the test is skipped, except where <c>CI</c> is set: there it fails.</summary>
    public async Task<IPage> OpenAsync(int width)
    {
        if (Environment.GetEnvironmentVariable("CI") is not { Length: > 0 }) Assert.SkipUnless(Executable is not null, "There is no Chromium here; set CHROMIUM to its path.");
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable.ShouldNotBeNull("There is no Chromium here."), Headless = true, Args = Flags });
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
