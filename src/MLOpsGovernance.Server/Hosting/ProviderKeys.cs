using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace MLOpsGovernance.Server.Hosting;

/// <summary>
/// The issuer and signing keys that the identity provider publishes. What is known keeps working while the provider is away. A token of a key that is not known is
/// judged only after the provider was asked: when it cannot be asked nobody knows whether the token is good, which is the provider's matter and not the caller's.
/// </summary>
internal sealed class ProviderKeys(Uri authority, TimeProvider time, ILogger<ProviderKeys> log) : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    /// <summary>A key that the provider withdraws without another in its place is believed for so long at most, while the provider can be reached.</summary>
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromHours(1);

    /// <summary>However many tokens of invented keys come, the provider is asked no more often than this.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private const int MostBytes = 1024 * 1024;

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = MostBytes };
    private readonly SemaphoreSlim _asking = new(1, 1);
    private volatile Answer? _known;
    private volatile Attempt? _last;

    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) => Task.FromResult((_known ?? throw new IdentityProviderUnavailableException()).Configuration);

    /// <summary>The keys are asked for by <see cref="PrepareAsync"/>, before a token is judged.</summary>
    public void RequestRefresh()
    {
    }

    /// <summary>Sees to it that the key of this token is known if the provider has it.</summary>
    /// <exception cref="IdentityProviderUnavailableException">The key is not known, and the provider cannot be asked.</exception>
    public async Task PrepareAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        if (!Knows(token)) await AskAsync(token, cancellationToken);
        else if (time.GetElapsedTime(_known!.At) >= AskedAgainAfter) _ = AskAgainAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        _asking.Dispose();
    }

    private bool Knows(JsonWebToken token) =>
        _known is { } known && ((token.Kid is not { Length: > 0 } id && token.X5t is not { Length: > 0 })
                                || known.Configuration.SigningKeys.Any(key => key.KeyId == token.Kid || (token.X5t is { Length: > 0 } && key.KeyId == token.X5t)));

    private async Task AskAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        var arrived = time.GetTimestamp();
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (Knows(token)) return;
            // Everybody who waited for a question gets its answer; nobody asks again for themselves.
            if (_last is { } last && (last.Began >= arrived || (!last.Answered && time.GetElapsedTime(last.Ended) < Pause)))
            {
                if (last.Answered) return;
                throw new IdentityProviderUnavailableException();
            }

            if (_last is not null && Pause - time.GetElapsedTime(_last.Ended) is { Ticks: > 0 } wait) await Task.Delay(wait, time, cancellationToken);
            if (!await FetchAsync()) throw new IdentityProviderUnavailableException();
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task AskAgainAsync()
    {
        if (!await _asking.WaitAsync(0, CancellationToken.None)) return;
        try
        {
            if (_last is null || time.GetElapsedTime(_last.Ended) >= Pause) await FetchAsync();
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Whoever asked may go away meanwhile: others wait for the same answer.</summary>
    private async Task<bool> FetchAsync()
    {
        var began = time.GetTimestamp();
        var address = $"{authority.ToString().TrimEnd('/')}/.well-known/openid-configuration";
        try
        {
            var retriever = new HttpDocumentRetriever(_client) { RequireHttps = authority.Scheme == Uri.UriSchemeHttps };
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(address, retriever, CancellationToken.None);
            if (configuration.SigningKeys.Count == 0 || string.IsNullOrEmpty(configuration.Issuer)) throw new InvalidOperationException("It names no issuer or no signing keys.");
            _known = new(configuration, began);
            _last = new(began, time.GetTimestamp(), Answered: true);
            return true;
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The identity provider's keys cannot be had from {Address}; known keys keep working", address);
            _last = new(began, time.GetTimestamp(), Answered: false);
            return false;
        }
    }

    private sealed record Answer(OpenIdConnectConfiguration Configuration, long At);

    private sealed record Attempt(long Began, long Ended, bool Answered);
}

/// <summary>The identity provider's keys cannot be had, so no token of an unknown key can be judged.</summary>
internal sealed class IdentityProviderUnavailableException() : Exception("The identity provider cannot be reached.");
