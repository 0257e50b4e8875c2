using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace MLOpsGovernance.Server.Ui;

/// <summary>A page that fails takes nothing else with it, and the log says why.</summary>
public sealed class PageBoundary : ErrorBoundary
{
    [Inject]
    private ILogger<PageBoundary> Log { get; set; } = null!;

    protected override Task OnErrorAsync(Exception exception)
    {
        Log.LogError(exception, "A page failed");
        return Task.CompletedTask;
    }
}
