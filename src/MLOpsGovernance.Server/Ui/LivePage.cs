using MediatR;
using Microsoft.AspNetCore.Components;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Ui;

/// <summary>
/// What pages have in common: they load what they show whenever their address changes, and again when a stream that concerns them has changed, whoever changed it. Nothing is loaded for a page
/// that was left.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _following;
    private bool _loading;

    /// <summary>Taken at once: of a source that is gone no token can be had.</summary>
    protected LivePage() => Leaving = _leaving.Token;

    [Inject]
    private protected PageRequests Requests { get; set; } = null!;

    [Inject]
    private LiveChanges Changes { get; set; } = null!;

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Leaving { get; }

    /// <summary>Reads what the page shows. A page that shows nothing of the service's leaves it as it is.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Whether the page shows something of this stream, such as <c>model:credit</c>.</summary>
    protected virtual bool Concerns(string stream) => false;

    private protected Task<Result<T>> SendAsync<T>(IRequest<Result<T>> request, string? key = null) => Requests.SendAsync(request, Leaving, key);

    protected override void OnInitialized() => _following = Changes.Follow(Concerns, () => InvokeAsync(ReloadAsync));

    protected override Task OnParametersSetAsync() => LoadAsync();

    /// <summary>Reads and shows everything again, as after an act of one's own.</summary>
    protected async Task ReloadAsync()
    {
        if (_loading || _leaving.IsCancellationRequested) return;
        _loading = true;
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page is gone; nobody waits for it.
        }
        finally
        {
            _loading = false;
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _leaving.IsCancellationRequested) return;
        _following?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }
}
