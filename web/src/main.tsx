import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './style/base.css';
import { ApiContext, createApi } from './api/api.js';
import { Http } from './api/http.js';
import { App } from './app.js';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

createRoot(root).render(
  <StrictMode>
    <ApiContext value={createApi(new Http())}>
      <App path={window.location.pathname} />
    </ApiContext>
  </StrictMode>,
);
