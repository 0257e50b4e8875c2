// What the browser does by itself: the skip link, copying, closing the menus that are open, and coming back after a lost connection.
(() => {
  document.addEventListener('click', e => {
    const skip = e.target.closest('a.skip');
    if (skip) {
      e.preventDefault();
      const content = document.getElementById('content');
      content?.focus();
      content?.scrollIntoView();
      return;
    }

    const copy = e.target.closest('[data-copy]');
    if (copy) {
      navigator.clipboard?.writeText(copy.dataset.copy).then(() => {
        copy.classList.add('copied');
        setTimeout(() => copy.classList.remove('copied'), 1500);
      });
    }

    for (const open of document.querySelectorAll('details.who[open]')) {
      if (!open.contains(e.target)) open.removeAttribute('open');
    }
  });

  document.addEventListener('keydown', e => {
    if (e.key !== 'Escape') return;
    for (const open of document.querySelectorAll('details.who[open]')) {
      open.removeAttribute('open');
      open.querySelector('summary')?.focus();
    }
  });

  const modal = document.getElementById('components-reconnect-modal');
  modal?.addEventListener('components-reconnect-state-changed', e => {
    // The server no longer knows the page: it is asked for anew.
    if (e.detail.state === 'rejected') location.reload();
  });
  document.getElementById('reconnect-again')?.addEventListener('click', async () => {
    try {
      if (!await Blazor.reconnect()) location.reload();
    } catch {
      // Still away; the message stays.
    }
  });
  document.getElementById('reconnect-reload')?.addEventListener('click', () => location.reload());
})();
