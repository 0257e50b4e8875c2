using System.Collections.Concurrent;
using Microsoft.Playwright;
using MLOpsGovernance.Server.Tests;

namespace MLOpsGovernance.Browser.Tests;

/// <summary>A server with a little on record, and a browser in front of it.</summary>
public sealed class Site(Database database) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Task<string>> _sessions = new(StringComparer.Ordinal);
    private Chromium _chromium = null!;

    public RunningServer Server { get; private set; } = null!;

    public ForwardClock Clock { get; } = new();

    internal World World { get; private set; } = null!;

    /// <summary>A decision of the gate, for pages that show one.</summary>
    public string Decision { get; private set; } = "";

    public string Waiver { get; private set; } = "";

    /// <summary>An event of the trail.</summary>
    public string Event { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _chromium = await Chromium.StartAsync();
        Server = await RunningServer.StartAsync(await database.NewDatabaseAsync(nameof(Site)), Clock);
        World = await new World(Server, "credit").FoundedAsync(euAiAct: "high", tier: 1);
        Decision = (await World.CheckAsync()).Text("decisionId");
        Waiver = (await World.Must(201, World.Ann.PostJsonAsync("/waivers", new
        {
            model = World.Model, environment = "production", rule = "REL-006", expiresAt = Clock.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), reason = "being remedied", compensatingControl = "a person looks",
        }))).Json!["id"]!.GetValue<string>();
        Event = (await World.EventsAsync(stream: "team:flowers"))[0].Text("id");
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null) await Server.DisposeAsync();
        if (_chromium is not null) await _chromium.DisposeAsync();
    }

    /// <summary>A window in which somebody is signed in, such as <c>model-validator:eve</c>; without a name, nobody is.</summary>
    public async Task<Window> OpenAsync(string? persona = null, int width = 1280, bool dark = false)
    {
        var context = await _chromium.Browser.NewContextAsync(new()
        {
            BaseURL = Server.Address.ToString(),
            ViewportSize = new() { Width = width, Height = width < 700 ? 844 : 800 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            TimezoneId = "Europe/Vienna",
            StorageState = persona is null ? null : await _sessions.GetOrAdd(persona, SignInAsync),
        });
        return await Window.OfAsync(context);
    }

    /// <summary>Signs in once for all tests that are this person, as a person does.</summary>
    private async Task<string> SignInAsync(string persona)
    {
        await using var window = await OpenAsync();
        await window.GoAsync("/sign-in");
        await window.SignInAsync(persona);
        return await window.Context.StorageStateAsync();
    }
}

/// <summary>One window of a browser, which remembers what went wrong in it and whom it asked.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = [], _asked = [];

    private Window(IBrowserContext context, IPage page) => (Context, Page) = (context, page);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Errors of scripts and of the content security policy.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>The hosts that were asked for anything.</summary>
    public IReadOnlyCollection<string> Hosts => [.. _asked.Select(url => new Uri(url)).Where(url => url.Scheme is not ("data" or "blob")).Select(url => url.Authority).Distinct()];

    public static async Task<Window> OfAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(30_000);
        var window = new Window(context, await context.NewPageAsync());
        window.Page.Request += (_, request) => window._asked.Enqueue(request.Url);
        window.Page.WebSocket += (_, socket) => window._asked.Enqueue(socket.Url);
        window.Page.PageError += (_, error) => window._faults.Enqueue(error);
        window.Page.Dialog += (_, dialog) => window._faults.Enqueue($"a dialog said {dialog.Message}");
        window.Page.Console += (_, message) =>
        {
            if (message.Type == "error") window._faults.Enqueue($"{message.Text} ({message.Location})");
        };
        return window;
    }

    /// <summary>Opens an address, and waits until everything that it shows has come.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await SettledAsync();
    }

    public async Task SettledAsync()
    {
        await Page.Locator("h1").First.WaitForAsync();
        await Assertions.Expect(Page.Locator(".loading")).ToHaveCountAsync(0);
    }

    /// <summary>On the page for signing in: <c>role</c>, or <c>role:subject</c>.</summary>
    public async Task SignInAsync(string persona)
    {
        var (role, subject) = persona.Split(':') is [var r, var s] ? (r, s) : (persona, "");
        await Page.GetByLabel(role, new() { Exact = true }).CheckAsync();
        await Page.GetByLabel("As (left empty").FillAsync(subject);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await SettledAsync();
    }

    public Task<int> WidthAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();
}
