using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace MLOpsGovernance.Server.Ui;

/// <summary>
/// The colours and type of the pages, as one style sheet with a light and a dark part. The browser chooses before the first paint, and no page carries styles inline, so that the content
/// security policy can forbid them.
/// </summary>
internal sealed partial class Theme(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    private static readonly string[] Faces = ["Inter", "system-ui", "sans-serif"];

    private static readonly MudTheme Ours = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1d4f91", PrimaryContrastText = "#ffffff", Secondary = "#4a5568", Tertiary = "#0f6a6a", Info = "#1d4f91", Success = "#17663a", Warning = "#855000", Error = "#b3261e",
            WarningContrastText = "#ffffff", Background = "#f5f6f8", Surface = "#ffffff", AppbarBackground = "#ffffff", AppbarText = "#1b1f24", DrawerBackground = "#ffffff", DrawerText = "#1b1f24",
            DrawerIcon = "#4a5560", TextPrimary = "#1b1f24", TextSecondary = "#4a5560", TextDisabled = "#5f6873", ActionDefault = "#4a5560", ActionDisabled = "#5f6873", LinesDefault = "#d8dde4",
            LinesInputs = "#7b8694", TableLines = "#e3e7ec", Divider = "#d8dde4", TableHover = "#eef3fa",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab4f8", PrimaryContrastText = "#0b1726", Secondary = "#aab4c2", Tertiary = "#6fd0cf", Info = "#8ab4f8", Success = "#6fd39a", Warning = "#f2b84b", Error = "#ff8f87",
            InfoContrastText = "#0b1726", SuccessContrastText = "#06170d", WarningContrastText = "#1d1300", ErrorContrastText = "#240402", SecondaryContrastText = "#10151c",
            TertiaryContrastText = "#06201f", Background = "#11151b", Surface = "#1a2028", AppbarBackground = "#1a2028", AppbarText = "#e7ebf0", DrawerBackground = "#161b22", DrawerText = "#e7ebf0",
            DrawerIcon = "#aab4c2", TextPrimary = "#e7ebf0", TextSecondary = "#aeb8c4", TextDisabled = "#8e99a7", ActionDefault = "#aeb8c4", ActionDisabled = "#8e99a7", LinesDefault = "#303945",
            LinesInputs = "#7d8896", TableLines = "#2a323d", Divider = "#303945", TableHover = "#212a36",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", DrawerWidthLeft = "232px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Faces, FontSize = "0.9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Faces, TextTransform = "none", FontWeight = "600", LetterSpacing = "normal" },
        },
    };

    private readonly Lazy<Task<Sheet>> _sheet = new(() => MakeAsync(scopes, logs));

    public Task<Sheet> SheetAsync() => _sheet.Value;

    private static async Task<Sheet> MakeAsync(IServiceScopeFactory scopes, ILoggerFactory logs)
    {
        var (light, dark) = (await RenderAsync(scopes, logs, dark: false), await RenderAsync(scopes, logs, dark: true));
        var css = $"{light}\n{dark.Replace(":root", ":root[data-mode=dark]", StringComparison.Ordinal)}\n:root{{color-scheme:light}}\n:root[data-mode=dark]{{color-scheme:dark}}\n";
        return new(css, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(css)).AsSpan(0, 8)));
    }

    /// <summary>MudBlazor writes its variables into the page; here it is asked for them once.</summary>
    private static async Task<string> RenderAsync(IServiceScopeFactory scopes, ILoggerFactory logs, bool dark)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<MudThemeProvider>(ParameterView.FromDictionary(
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(MudThemeProvider.Theme)] = Ours, [nameof(MudThemeProvider.IsDarkMode)] = dark, [nameof(MudThemeProvider.DefaultScrollbar)] = true }))).ToHtmlString());
        var styles = Style().Matches(html).Select(m => m.Groups["css"].Value).ToArray();
        return styles.Any(css => css.Contains("--mud-palette-primary:", StringComparison.Ordinal)) ? string.Join('\n', styles) : throw new InvalidOperationException("MudBlazor's theme is no longer written as a style element.");
    }

    [GeneratedRegex("<style[^>]*>(?<css>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Style();

    internal sealed record Sheet(string Css, string Mark);
}
