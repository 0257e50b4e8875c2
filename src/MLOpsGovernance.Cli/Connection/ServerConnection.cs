using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace MLOpsGovernance.Cli.Connection;

/// <summary>
/// One server, one credential. A call is tried again after a failed connection, a lost answer, 429, 502, 503 or 504, as long as the budget lasts; all
/// tries of one call carry one idempotency key, so that the server does at most once what is asked, and no two calls share a key.
/// </summary>
internal sealed class ServerConnection : IDisposable
{
    public const int MostBytes = 16 << 20;

    private readonly HttpClient _http;
    private readonly ConnectionSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action<string> _note;

    public ServerConnection(ConnectionSettings settings, Surroundings around, Action<string> note)
    {
        _http = around.Transport is { } transport ? new(transport, disposeHandler: false) : new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // a redirected POST becomes a GET
            UseCookies = false,
        });
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _http.MaxResponseContentBufferSize = MostBytes;
        (_settings, _time, _note) = (settings, around.Time, note);
    }

    public Task<Answer> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <param name="match">The ETag of what the call rests on: when that has changed since, it is refused with 412.</param>
    /// <exception cref="CommandFailedException">No answer came, with exit code <see cref="ExitCode.NoAnswer"/>.</exception>
    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken, string? match = null)
    {
        var key = method == HttpMethod.Get ? null : $"mlgov-{Guid.NewGuid():N}";
        var began = _time.GetTimestamp();
        for (var tries = 1; ; tries++)
        {
            var attempt = await TryAsync(method, path, body, key, match, cancellationToken);
            var pause = attempt.Answer?.RetryAfter is { } asked && asked > Backoff.After(tries) ? asked : Backoff.After(tries);
            if (!attempt.MayPass || _time.GetElapsedTime(began) + pause > _settings.RetryFor)
                return attempt.Answer ?? throw CommandFailedException.NoAnswer(attempt.Failure + (tries > 1 ? $" Tried {tries} times." : ""), attempt.Cause);

            _note($"{attempt.Failure} Trying again in {pause.TotalSeconds:0.0} s.");
            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    /// <summary>Brings a file of any length, and answers with what stands instead of it. What was cut short is an error, never a shorter file.</summary>
    /// <param name="file">Written only when an answer came that is one.</param>
    public async Task<Answer?> DownloadAsync(string path, Func<Stream> file, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(HttpMethod.Get, path, null, null, null);
            request.Headers.Accept.Clear();
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode) return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(cancellationToken), RetryAfter(response), response.Headers.Location?.ToString());
            await using var target = file();
            await response.Content.CopyToAsync(target, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            throw CommandFailedException.NoAnswer($"No whole answer from {_settings.Server}: {Innermost(e).Message.TrimEnd('.')}.", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Attempt> TryAsync(HttpMethod method, string path, JsonNode? body, string? key, string? match, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_settings.Timeout);
        try
        {
            using var request = Request(method, path, body, key, match);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
            var answer = new Answer(
                (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(limit.Token), RetryAfter(response), response.Headers.Location?.ToString(), response.Headers.ETag?.ToString());
            return answer.Status is 429 or 502 or 503 or 504
                ? new(answer, $"{_settings.Server} answered {answer.Status}.", MayPass: true)
                : new(answer, "", MayPass: false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, $"{_settings.Server} gave no whole answer within {_settings.Timeout.TotalSeconds:0.###} s.", MayPass: true, e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            return new(null, $"{_settings.Server} sent more than {MostBytes >> 20} MiB, and no answer of this API is that long.", MayPass: false, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            var passing = e is not HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.InvalidResponse };
            return new(null, $"No answer from {_settings.Server}: {Innermost(e).Message.TrimEnd('.')}.", passing, e);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body, string? key, string? match)
    {
        var request = new HttpRequestMessage(method, new Uri(_settings.Server, path));
        request.Headers.Authorization = new("Bearer", _settings.Token);
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.Accept.Add(new("application/problem+json"));
        request.Headers.UserAgent.Add(new("mlgov", Mlgov.Version));
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (match is not null) request.Headers.TryAddWithoutValidation("If-Match", match);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        return request;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _time.GetUtcNow(),
        _ => null,
    };

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;

    /// <param name="MayPass">Whether another try may go better.</param>
    private sealed record Attempt(Answer? Answer, string Failure, bool MayPass, Exception? Cause = null);
}
