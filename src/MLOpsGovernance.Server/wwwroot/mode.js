// Light or dark, before anything is drawn: what the reader chose here, else what the system says.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    let chosen = null;
    try { chosen = localStorage.getItem('mlgov-mode'); } catch { /* storage is switched off */ }
    document.documentElement.dataset.mode = chosen ?? (system.matches ? 'dark' : 'light');
  };
  apply();
  system.addEventListener('change', apply);
  window.mlgov = {
    toggleMode() {
      const mode = document.documentElement.dataset.mode === 'dark' ? 'light' : 'dark';
      try { localStorage.setItem('mlgov-mode', mode); } catch { /* it holds for this page then */ }
      document.documentElement.dataset.mode = mode;
    },
    browser() {
      let zone = null;
      try { zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? null; } catch { /* offset will do */ }
      return { zone, minutes: -new Date().getTimezoneOffset(), wide: innerWidth >= 960 };
    },
    draft: {
      keep(key, text) { try { sessionStorage.setItem(`mlgov-draft:${key}`, text); } catch { /* it is kept while the page is open */ } },
      read(key) { try { return sessionStorage.getItem(`mlgov-draft:${key}`); } catch { return null; } },
      drop(key) { try { sessionStorage.removeItem(`mlgov-draft:${key}`); } catch { /* there is none */ } },
    },
  };
})();
