using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Http.HttpResults;
using MLOpsGovernance.Server.SignIn;
using MudBlazor.Services;

namespace MLOpsGovernance.Server.Ui;

internal static class PageSetup
{
    /// <summary>Named, because tests and benchmarks run the server under other names.</summary>
    private static readonly string Assets = Path.Combine(AppContext.BaseDirectory, "mlgov-server.staticwebassets.endpoints.json"),
        AssetFolders = Path.Combine(AppContext.BaseDirectory, "mlgov-server.staticwebassets.runtime.json");

    public static void AddPages(this WebApplicationBuilder builder)
    {
        // A published server has its files beside it. One that was only built finds them where they came from.
        if (File.Exists(AssetFolders) && !builder.Environment.WebRootFileProvider.GetFileInfo("site.css").Exists)
        {
            StaticWebAssetsLoader.UseStaticWebAssets(
                builder.Environment, new ConfigurationBuilder().AddInMemoryCollection([new(WebHostDefaults.StaticWebAssetsKey, AssetFolders)]).Build());
        }

        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.DetailedErrors = builder.Environment.IsDevelopment())
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 512 * 1024);
        builder.Services.AddMudServices();
        builder.Services.AddSingleton<Theme>().AddSingleton<LiveChanges>().AddScoped<PageRequests>().AddScoped<BrowserClock>().AddScoped<Notices>();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets(Assets).Add(endpoint => endpoint.Metadata.Add(new AllowAnonymousAttribute()));
        var people = app.MapGroup("").WithMetadata(new ForPeople()).ExcludeFromDescription();
        people.MapGet("/theme.css", async (Theme theme, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Text((await theme.SheetAsync()).Css, "text/css");
        }).AllowAnonymous();
        people.MapSignIn();
        app.MapRazorComponents<App>().WithStaticAssets(Assets).AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null)
            .Add(endpoint => endpoint.Metadata.Add(new ForPeople()));
    }

    /// <summary>A page that says what went wrong, for whoever looks at pages; null where a program asked.</summary>
    public static IResult? Fault(HttpContext context, int status, string code, string detail)
    {
        if (!ForPeople.Asks(context) && !IsForLooking(context)) return null;
        return new RazorComponentResult<FaultPage>(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(FaultPage.Status)] = status, [nameof(FaultPage.Code)] = code, [nameof(FaultPage.Detail)] = detail })
        {
            StatusCode = status,
        };
    }

    /// <summary>Whether somebody typed an address that is nobody's, and none of a program's.</summary>
    public static bool IsForLooking(HttpContext context) =>
        context.GetEndpoint() is null && HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
