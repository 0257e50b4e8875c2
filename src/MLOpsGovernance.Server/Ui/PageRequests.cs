using System.Diagnostics;
using System.Security.Claims;
using MediatR;
using Microsoft.AspNetCore.Components.Authorization;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Hosting;
using MLOpsGovernance.Server.Requests;
using MLOpsGovernance.Server.SignIn;

namespace MLOpsGovernance.Server.Ui;

/// <summary>
/// The one way from a page to the use cases. Each request is sent in a scope of its own, as the person who is signed in, through the same behaviours as over HTTP; who that is and which roles are
/// granted is asked anew each time, so that what is taken back holds at once. Whatever goes wrong comes back as a refusal with the code and the sentence that HTTP would answer.
/// </summary>
internal sealed class PageRequests(IServiceScopeFactory scopes, AuthenticationStateProvider session, TimeProvider time, ILogger<PageRequests> log)
{
    public const string SessionEnded = "session-ended";

    /// <param name="key">An idempotency key: a form takes one when it is opened, so that sending it twice does the thing once.</param>
    public Task<Result<T>> SendAsync<T>(IRequest<Result<T>> request, CancellationToken cancellationToken, string? key = null) => WithinAsync(async services =>
    {
        var caller = services.GetRequiredService<Caller>();
        caller.IdempotencyKey = key;
        return await services.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }, cancellationToken);

    /// <summary>Who is signed in, with the roles that hold now.</summary>
    public Task<Result<Actor>> ActorAsync(CancellationToken cancellationToken) =>
        WithinAsync(services => Task.FromResult<Result<Actor>>(services.GetRequiredService<Caller>().Actor), cancellationToken);

    /// <summary>Records that somebody tried to open a page that is not for them.</summary>
    public Task NoteAsync(string page, Refusal refusal, CancellationToken cancellationToken) => WithinAsync<bool>(async services =>
    {
        await services.GetRequiredService<GrainCommands>().NoteAsync($"page:{page}", "open-page", refusal);
        return true;
    }, cancellationToken);

    private async Task<Result<T>> WithinAsync<T>(Func<IServiceProvider, Task<Result<T>>> act, CancellationToken cancellationToken)
    {
        var user = await UserAsync();
        if (!Sessions.Lasts(user, time.GetUtcNow()))
            return new Refusal(SessionEnded, "Your session has ended. Sign in again; what you have written here is kept until you close the window.", RefusalKind.Forbidden);

        await using var scope = scopes.CreateAsyncScope();
        try
        {
            var caller = scope.ServiceProvider.GetRequiredService<Caller>();
            await CallerIdentity.IdentifyAsync(caller, user, scope.ServiceProvider);
            caller.Correlation = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
            return await act(scope.ServiceProvider);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            // However it came to light that the page was left, nobody waits for an answer.
            throw new OperationCanceledException("The page was left.", e, cancellationToken);
        }
        catch (Exception e)
        {
            var fault = Problems.FaultOf(e);
            if (fault.Status == 500) log.LogError(e, "A page's request failed");
            return Result<T>.Refused(new(fault.Code, fault.Detail, RefusalKind.Unprocessable), fault.Errors);
        }
    }

    private async Task<ClaimsPrincipal> UserAsync() => (await session.GetAuthenticationStateAsync()).User;
}
